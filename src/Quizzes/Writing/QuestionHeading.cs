using System.Globalization;
using System.Text;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>Reads <c>## Name {#id type points=2 key="value"}</c>.</summary>
internal sealed class QuestionHeading(string line, int number, Problems problems)
{
    private const decimal MostPoints = 1000;

    private string id = "";
    private string kind = "";
    private decimal points = 1;
    private TickRule rule;
    private string? unit;
    private bool caseSensitive;
    private readonly List<(string Key, int Column)> keys = [];

    public QuestionText Read()
    {
        var text = line.TrimEnd();
        var open = text.EndsWith('}') ? text.IndexOf('{', StringComparison.Ordinal) : -1;
        var name = (open < 0 ? text : text[..open])[2..].Trim();
        if (open >= 0)
        {
            foreach (var (token, column) in Tokens(text[..^1], open + 1))
                Token(token, column);
        }
        else
        {
            problems.Add(number, text.Length + 1, "After the name stand type and settings in braces, such as {0}.", "{single points=1}");
        }

        if (name.Length == 0)
            problems.Add(number, 3, "This question has no name.");
        if (open >= 0 && kind.Length == 0)
            problems.Add(number, open + 1, "The type is missing: single, multiple, numeric or short.");
        CheckKeys();
        return new QuestionText
        {
            Name = name,
            Id = id.Length > 0 ? id : Slug(name) is { Length: > 0 } slug ? slug : $"q{number}",
            Line = number,
            Kind = kind,
            Points = points,
            Rule = rule,
            Unit = unit,
            CaseSensitive = caseSensitive,
        };
    }

    // Separated by spaces; a value in quotes may hold spaces.
    private IEnumerable<(string Token, int Column)> Tokens(string text, int from)
    {
        for (var at = from; at < text.Length; at++)
        {
            if (text[at] == ' ')
                continue;
            var (start, quoted) = (at, false);
            while (at < text.Length && (quoted || text[at] != ' '))
            {
                if (text[at] == '"')
                    quoted = !quoted;
                at++;
            }

            if (quoted)
                problems.Add(number, start + 1, "This quotation does not close.");
            yield return (text[start..at], start + 1);
        }
    }

    private void Token(string token, int column)
    {
        var equals = token.IndexOf('=', StringComparison.Ordinal);
        if (token[0] == '#')
        {
            id = token[1..];
            if (id.Length is 0 or > 80 || !id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
                problems.Add(number, column, "An identity has small letters, digits and hyphens only, at most 80.");
        }
        else if (equals > 0)
        {
            Setting(token[..equals], token[(equals + 1)..].Trim('"'), column, column + equals + 1);
        }
        else if (token is not ("single" or "multiple" or "numeric" or "short"))
        {
            problems.Add(number, column, "“{0}” is not a type of question. Types are single, multiple, numeric and short.", token);
            kind = "?";
        }
        else
        {
            if (kind.Length > 0)
                problems.Add(number, column, "A question has one type.");
            kind = token;
        }
    }

    private void Setting(string key, string value, int column, int valueColumn)
    {
        keys.Add((key, column));
        switch (key)
        {
            case "points":
                if (!decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out points) || points <= 0 || points > MostPoints)
                {
                    problems.Add(number, valueColumn, "Points are a number above 0 and at most 1000, with a decimal point.");
                    points = 1;
                }

                points = decimal.Round(points, 4);
                break;
            case "grading":
                if (value is "all" or "partial" or "penalty")
                    rule = Enum.Parse<TickRule>(value, ignoreCase: true);
                else
                    problems.Add(number, valueColumn, "Here should stand: {0}.", "all, partial or penalty");
                break;
            case "unit":
                unit = value.Trim();
                if (unit.Length is 0 or > 20)
                    problems.Add(number, valueColumn, "A unit has 1 to 20 characters.");
                break;
            case "case":
                if (value is "true" or "false")
                    caseSensitive = value == "true";
                else
                    problems.Add(number, valueColumn, "Here should stand: {0}.", "true or false");
                break;
            default:
                problems.Add(number, column, "There is no setting “{0}”.", key);
                break;
        }
    }

    private void CheckKeys()
    {
        foreach (var (key, column) in keys)
        {
            var fits = key switch { "grading" => "multiple", "unit" => "numeric", "case" => "short", _ => kind };
            if (fits != kind && kind is not ("" or "?"))
                problems.Add(number, column, "“{0}” belongs to questions of the type {1}.", key, fits);
        }

        foreach (var (key, column) in keys.GroupBy(k => k.Key).SelectMany(g => g.Skip(1)))
            problems.Add(number, column, "The setting “{0}” stands here a second time.", key);
    }

    /// <summary>"Rights ended?" → "rights-ended"; letters lose their marks.</summary>
    internal static string Slug(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            foreach (var c in rune.ToString().Normalize(NormalizationForm.FormD).ToLowerInvariant())
            {
                if (char.IsAsciiLetterOrDigit(c))
                    slug.Append(c);
                else if (char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
                    slug.Append('-');
            }
        }

        return slug.Length > 80 ? slug.ToString(0, 80).Trim('-') : slug.ToString().Trim('-');
    }
}
