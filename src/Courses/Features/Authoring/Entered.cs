using System.Globalization;
using System.Text;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>What was typed into a form, made into what a course keeps, or refused beside its field.</summary>
internal static class Entered
{
    /// <summary>One line.</summary>
    public static string Line(string? text, string field, int longest, bool optional = false)
    {
        var line = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length == 0 && !optional)
            throw Refusals.TextMissing(field);
        return line.Length > longest ? throw Refusals.TextTooLong(field, longest) : line;
    }

    /// <summary>Several lines, as Markdown has them: line feeds alone.</summary>
    public static string Text(string? text, string field, int longest)
    {
        var lines = (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return lines.Length > longest ? throw Refusals.TextTooLong(field, longest) : lines;
    }

    public static int Whole(int? number, string field, int least, int most) =>
        number is { } n && n >= least && n <= most ? n : throw Refusals.NumberOutside(field, least, most);

    /// <summary>A date and a time as a browser's field gives it; null when it is empty and may be.</summary>
    public static DateTime? Local(string? text, string field, bool optional = false)
    {
        if (string.IsNullOrWhiteSpace(text))
            return optional ? null : throw Refusals.NoDate(field);
        return DateTime.TryParseExact(text.Trim(), ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is >= 2000 and < 2200
            ? local
            : throw Refusals.NoDate(field);
    }

    /// <summary>A zone of the IANA list by its name, such as Europe/Bucharest.</summary>
    public static string Zone(string? zone) =>
        Zones.Contains(zone?.Trim() ?? "") ? zone!.Trim() : throw Refusals.UnknownZone(zone ?? "");

    /// <summary>The zones one can choose.</summary>
    public static readonly IReadOnlySet<string> Zones =
        TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => id.Contains('/', StringComparison.Ordinal) || id == "UTC").Append("UTC").ToHashSet(StringComparer.Ordinal);

    /// <summary>An address made from a title: "Ce este o resursă deschisă?" becomes ce-este-o-resursa-deschisa.</summary>
    /// <param name="otherwise">When no letter of the title can stand in an address.</param>
    public static string SlugFrom(string? title, string otherwise)
    {
        const int longest = 60;
        var slug = new StringBuilder();
        foreach (var letter in CourseWords.Fold(title ?? ""))
        {
            if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
                slug.Append(letter);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        if (slug.Length > longest)
            slug.Length = slug.ToString().LastIndexOf('-', longest) is > 0 and var end ? end : longest;
        var made = slug.ToString().Trim('-');
        return made.Length == 0 ? otherwise : made;
    }

    /// <summary>The address itself, or the first of address-2, address-3 … that is free.</summary>
    public static string Free(string slug, IReadOnlySet<string> taken)
    {
        for (var n = 1; ; n++)
        {
            var candidate = n == 1 ? slug : string.Create(CultureInfo.InvariantCulture, $"{slug}-{n}");
            if (!taken.Contains(candidate) && !Slug.IsReserved(candidate))
                return candidate;
        }
    }
}
