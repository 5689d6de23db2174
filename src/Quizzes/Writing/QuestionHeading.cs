using System.Globalization;
using System.Text;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Writing;

/// <summary>Reads <c>## Name {#id type points=2 key="value"}</c>, and <c>{{name}}: type weight=2</c>, the first line of a gap.</summary>
internal sealed class QuestionHeading(string line, int number, Problems problems)
{
    private string id = "";
    private readonly QuestionSettings settings = new(number, problems);

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
        if (open >= 0 && settings.Kind.Length == 0)
            problems.Add(number, open + 1, "The type is missing: {0}.", string.Join(", ", Kinds.All));
        return settings.Question(name, id.Length > 0 ? id : Slug(name) is { Length: > 0 } slug ? slug : $"q{number}", gap: false);
    }

    /// <param name="name">What stood in the braces.</param>
    /// <param name="from">Where its type and settings begin in the line, from 0.</param>
    public QuestionText ReadGap(string name, int from)
    {
        foreach (var (token, column) in Tokens(line.TrimEnd(), from))
            Token(token, column, gap: true);
        if (settings.Kind.Length == 0)
            problems.Add(number, from + 1, "The type is missing: {0}.", string.Join(", ", Kinds.Gaps));
        else if (settings.Kind != "?" && !Kinds.Gaps.Contains(settings.Kind))
            problems.Add(number, from + 1, "A gap is of one of these types: {0}.", string.Join(", ", Kinds.Gaps));
        return settings.Question(name, name, gap: true);
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

    private void Token(string token, int column, bool gap = false)
    {
        var equals = token.IndexOf('=', StringComparison.Ordinal);
        if (token[0] == '#' && !gap)
        {
            id = token[1..];
            if (!IsId(id))
                problems.Add(number, column, "An identity has small letters, digits and hyphens only, at most 80.");
        }
        else if (equals > 0)
        {
            settings.Read(token[..equals], token[(equals + 1)..].Trim('"'), column, column + equals + 1);
        }
        else
        {
            settings.ReadKind(token, column);
        }
    }

    internal static bool IsId(string id) => id.Length is > 0 and <= 80 && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

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
