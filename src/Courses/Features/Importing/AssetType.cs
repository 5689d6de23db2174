using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>Which files a course may carry: the name's ending must be on the list, and the bytes must be what it says.</summary>
internal static partial class AssetType
{
    public const long LongestFile = 50L << 20;
    public const int LongestName = 150;

    private static readonly Dictionary<string, (string Type, Func<Stream, bool> Is)> Allowed = new(StringComparer.Ordinal)
    {
        [".svg"] = ("image/svg+xml", IsSvg),
        [".png"] = ("image/png", s => Begins(s, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])),
        [".jpg"] = ("image/jpeg", s => Begins(s, [0xFF, 0xD8, 0xFF])),
        [".webp"] = ("image/webp", s => Begins(s, "RIFF"u8) && Begins(s, "WEBP"u8, 8)),
        [".gif"] = ("image/gif", s => Begins(s, "GIF87a"u8) || Begins(s, "GIF89a"u8)),
        [".pdf"] = ("application/pdf", s => Begins(s, "%PDF-"u8)),
        [".csv"] = ("text/csv; charset=utf-8", IsText),
        [".md"] = ("text/markdown; charset=utf-8", IsText),
        [".txt"] = ("text/plain; charset=utf-8", IsText),
        [".vtt"] = ("text/vtt; charset=utf-8", s => IsText(s) && (Begins(s, "WEBVTT"u8) || Begins(s, "\uFEFFWEBVTT"u8))),
        [".zip"] = ("application/zip", s => Begins(s, [0x50, 0x4B, 0x03, 0x04]) || Begins(s, [0x50, 0x4B, 0x05, 0x06])),
        [".mp3"] = ("audio/mpeg", s => Begins(s, "ID3"u8) || (At(s, 0) == 0xFF && (At(s, 1) & 0xE6) == 0xE2)),
    };

    /// <summary>Endings of the files that are taken, with their dot.</summary>
    public static IReadOnlyCollection<string> Endings => Allowed.Keys;

    /// <summary>The content type of a file. Null: it is not taken.</summary>
    /// <param name="name">Path below assets/.</param>
    /// <param name="path">Where the bytes are.</param>
    /// <param name="why">Why it is not taken.</param>
    public static string? Of(string name, string path, out FormattableString why)
    {
        using var bytes = File.OpenRead(path);
        return Of(name, bytes, out why);
    }

    /// <inheritdoc cref="Of(string, string, out string)"/>
    public static string? Of(string name, Stream bytes, out FormattableString why)
    {
        why = $"";
        if (name.Length > LongestName || !Name().IsMatch(name))
            why = $"File names have letters without accents, digits, hyphens, underscores and dots only.";
        else if (bytes.Length > LongestFile)
            why = $"The file is larger than {LongestFile >> 20} MB.";
        else if (!Allowed.TryGetValue(Path.GetExtension(name), out var known))
            why = $"Files of this kind are not taken. These are: {string.Join(' ', Allowed.Keys.Select(k => k[1..]))}.";
        else if (!known.Is(bytes))
            why = $"The content is not what the name says: this is no {Path.GetExtension(name)[1..]} file.";
        else
            return known.Type;
        return null;
    }

    private static bool Begins(Stream stream, ReadOnlySpan<byte> with, int at = 0)
    {
        Span<byte> head = stackalloc byte[16];
        stream.Position = at;
        var length = stream.ReadAtLeast(head, with.Length, throwOnEndOfStream: false);
        return length >= with.Length && head[..with.Length].SequenceEqual(with);
    }

    private static int At(Stream stream, int position)
    {
        stream.Position = position;
        return stream.ReadByte();
    }

    private static bool IsText(Stream stream)
    {
        stream.Position = 0;
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), leaveOpen: true);
        var buffer = new char[8192];
        try
        {
            for (int read; (read = reader.Read(buffer)) > 0;)
            {
                if (buffer.AsSpan(0, read).Contains('\0'))
                    return false;
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool IsSvg(Stream stream)
    {
        stream.Position = 0;
        try
        {
            using var reader = XmlReader.Create(stream, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LongestFile, CloseInput = false });
            reader.MoveToContent();
            if (reader is not { LocalName: "svg", NamespaceURI: "http://www.w3.org/2000/svg" })
                return false;
            while (reader.Read())
            {
            }

            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/){0,4}[A-Za-z0-9_-][A-Za-z0-9._-]*$", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Name();
}
