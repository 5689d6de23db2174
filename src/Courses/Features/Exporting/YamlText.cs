using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MoocPlatform.Courses.Features.Exporting;

/// <summary>Texts as YAML 1.2 scalars, each in the simplest form that is read back as the same text (spec sections 7.3 and 8.1.2).</summary>
internal static partial class YamlText
{
    /// <summary>On one line: plain when nothing in it could mean anything to YAML, otherwise in double quotation marks.</summary>
    public static string Line(string text)
    {
        if (Harmless().IsMatch(text) && !text.EndsWith(' '))
            return text;
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when c < ' ' || c is '\u007F' or '\u00A0' or (>= '\u0080' and < '\u00A0') or '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF' =>
                    string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Over several lines as they are, two spaces in, when that is possible; the text has no space around it.</summary>
    public static string Block(string text) =>
        text.Contains('\n', StringComparison.Ordinal) && !Unprintable().IsMatch(text)
            ? "|\n" + string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? "" : "  " + line))
            : Line(text);

    [GeneratedRegex(@"^[A-Za-zÀ-ɏ][A-Za-z0-9À-ɏ ,.()?!’“”„&–…'-]*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Harmless();

    [GeneratedRegex(@"[\u0000-\u0009\u000B-\u001F\u007F-\u00A0\u2028\u2029\uFEFF\uFFFE\uFFFF]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Unprintable();
}
