using System.Text;
using System.Text.RegularExpressions;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>The formats that questions come and go in.</summary>
internal enum ExchangeFormat
{
    Gift,
    Aiken,
    MoodleXml,
}

/// <summary>Files of questions: bytes to a plan and questions to a text. Pure; any bytes are answered, never thrown at.</summary>
internal static class ExchangeFile
{
    /// <summary>In bytes, and so in characters: enough for a thousand questions with long texts.</summary>
    public const int Largest = 5 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="format">Null: found out.</param>
    public static Imported Read(ReadOnlySpan<byte> file, ExchangeFormat? format)
    {
        if (file.Length > Largest)
            return Refused("This file is too large. At most {0} MB are taken: divide it.", "5");
        string text;
        try
        {
            text = Strict.GetString(file);
        }
        catch (DecoderFallbackException)
        {
            return Refused("The characters of this file cannot be read. Save it as UTF-8.");
        }

        text = text.TrimStart('\uFEFF');
        if (text.Contains('\0', StringComparison.Ordinal))
            return Refused("The characters of this file cannot be read. Save it as UTF-8.");
        try
        {
            return (format ?? Guess(text)) switch
            {
                ExchangeFormat.MoodleXml => MoodleReader.Read(text),
                ExchangeFormat.Aiken => AikenReader.Read(text),
                _ => GiftReader.Read(text),
            };
        }
        catch (RegexMatchTimeoutException)
        {
            return Refused("This file is too tangled to be read.");
        }
    }

    /// <summary>The questions in a format, with what it cannot hold.</summary>
    public static (string Text, IReadOnlyList<Note> Notes) Write(QuizText quiz, ExchangeFormat format)
    {
        var notes = new List<Note>();
        var text = format switch
        {
            ExchangeFormat.MoodleXml => MoodleWriter.Write(quiz, notes),
            ExchangeFormat.Aiken => AikenWriter.Write(quiz, notes),
            _ => GiftWriter.Write(quiz, notes),
        };
        return (text, notes);
    }

    private static ExchangeFormat Guess(string text)
    {
        if (text.AsSpan().TrimStart().StartsWith("<"))
            return ExchangeFormat.MoodleXml;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.TrimStart().StartsWith("ANSWER:", StringComparison.Ordinal))
                return ExchangeFormat.Aiken;
        }

        return ExchangeFormat.Gift;
    }

    private static Imported Refused(string message, params IReadOnlyList<string> arguments) => new([], [new(NoteKind.File, 0, "", message, arguments)]);
}
