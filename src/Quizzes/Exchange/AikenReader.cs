using System.Text.RegularExpressions;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>
/// Reads Aiken: a line that asks, lines such as <c>A) answer</c>, a line such as <c>ANSWER: A</c>. A question with a mistake is told with its
/// line and left out; the next one is read.
/// </summary>
internal sealed partial class AikenReader
{
    private readonly Harvest harvest = new();
    private readonly List<(char Letter, string Text)> choices = [];
    private string? stem;
    private int from;

    public static Imported Read(string file)
    {
        var reader = new AikenReader();
        var lines = file.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
            reader.Line(lines[i].Trim(), i + 1);
        if (reader.stem is not null)
            reader.Drop("The line with ANSWER is missing.");
        return reader.harvest.Result();
    }

    private void Line(string line, int number)
    {
        if (Right().Match(line) is { Success: true } right)
            Answer(right.Groups[1].Value[0], number);
        else if (Option().Match(line) is { Success: true } option)
            Choice(option.Groups[1].Value[0], line[option.Length..].Trim(), number);
        else if (line.Length > 1)
            Ask(line, number);
    }

    private void Ask(string line, int number)
    {
        if (stem is not null)
            Drop(choices.Count == 0 ? "A question is one line, and its answers begin with the next." : "The line with ANSWER is missing.");
        (stem, from) = (line, number);
        harvest.Met++;
    }

    private void Choice(char letter, string text, int number)
    {
        if (stem is null)
            harvest.Left(number, "", "An answer stands here without a question before it.");
        else if (text.Length == 0)
            harvest.Changed(number, stem, "The answer {0} has no text.", letter.ToString());
        else
            choices.Add((letter, text));
    }

    private void Answer(char letter, int number)
    {
        if (stem is null)
        {
            harvest.Left(number, "", "A line with ANSWER stands here without a question before it.");
            return;
        }

        if (choices.Count < 2)
        {
            Drop("There are fewer than two answers to choose from.");
            return;
        }

        if (choices.TrueForAll(c => c.Letter != letter))
        {
            Drop("ANSWER names {0}, and there is no such answer.", letter.ToString());
            return;
        }

        var question = new QuestionText { Name = stem, Id = "", Line = from, Kind = Kinds.Single, Prompt = Passage.Of(PlainMarkdown.Of(stem)) };
        question.Options.AddRange(choices.Select(c => new OptionText(c.Letter == letter) { Text = Passage.Of(PlainMarkdown.Of(c.Text)) }));
        if (harvest.Met <= Harvest.MostQuestions)
            harvest.Take(question);
        Forget();
    }

    private void Drop(string message, params IReadOnlyList<string> arguments)
    {
        harvest.Left(from, stem!, message, arguments);
        Forget();
    }

    private void Forget()
    {
        stem = null;
        choices.Clear();
    }

    [GeneratedRegex(@"^ANSWER:\s*(?<letter>[A-Z])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Right();

    [GeneratedRegex(@"^(?<letter>[A-Z])[).](\s|$)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Option();
}
