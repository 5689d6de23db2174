using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Exchange;

/// <summary>The gaps of Moodle's Cloze questions: <c>{2:SHORTANSWER:=Paris#Yes~%50%Lyon}</c>, both ways.</summary>
internal static partial class ClozeText
{
    // The place of a gap while the text around it becomes Markdown.
    private const char Open = '\uE020';
    private const char Close = '\uE021';

    private static readonly Dictionary<string, (string Kind, bool Case)> Types = new(StringComparer.Ordinal)
    {
        ["SHORTANSWER"] = (Kinds.Short, false),
        ["SA"] = (Kinds.Short, false),
        ["MW"] = (Kinds.Short, false),
        ["SHORTANSWER_C"] = (Kinds.Short, true),
        ["SAC"] = (Kinds.Short, true),
        ["MWC"] = (Kinds.Short, true),
        ["NUMERICAL"] = (Kinds.Numeric, false),
        ["NM"] = (Kinds.Numeric, false),
        ["MULTICHOICE"] = (Kinds.Single, false),
        ["MC"] = (Kinds.Single, false),
        ["MCV"] = (Kinds.Single, false),
        ["MCH"] = (Kinds.Single, false),
        ["MCS"] = (Kinds.Single, false),
        ["MCVS"] = (Kinds.Single, false),
        ["MCHS"] = (Kinds.Single, false),
        ["MULTICHOICE_V"] = (Kinds.Single, false),
        ["MULTICHOICE_H"] = (Kinds.Single, false),
        ["MULTICHOICE_S"] = (Kinds.Single, false),
        ["MULTICHOICE_VS"] = (Kinds.Single, false),
        ["MULTICHOICE_HS"] = (Kinds.Single, false),
        ["MULTIRESPONSE"] = (Kinds.Multiple, false),
        ["MR"] = (Kinds.Multiple, false),
        ["MRV"] = (Kinds.Multiple, false),
        ["MRH"] = (Kinds.Multiple, false),
        ["MRS"] = (Kinds.Multiple, false),
        ["MRVS"] = (Kinds.Multiple, false),
        ["MRHS"] = (Kinds.Multiple, false),
        ["MULTIRESPONSE_H"] = (Kinds.Multiple, false),
        ["MULTIRESPONSE_S"] = (Kinds.Multiple, false),
        ["MULTIRESPONSE_HS"] = (Kinds.Multiple, false),
    };

    /// <summary>A question with gaps, or why there is none.</summary>
    public static (QuestionText? Question, string? Wrong) Read(QuestionText question, string text, string format, ISet<string> lost)
    {
        var gaps = new List<QuestionText>();
        var around = new StringBuilder(text.Length);
        var from = 0;
        while (Begin().Match(text, from) is { Success: true } begin)
        {
            if (!Types.TryGetValue(begin.Groups[2].Value, out var type))
                return (null, "There is a gap of a type that is not known.");
            var end = End(text, begin.Index + begin.Length);
            if (end < 0)
                return (null, "A gap does not close.");
            var name = string.Create(CultureInfo.InvariantCulture, $"g{gaps.Count + 1}");
            var weight = begin.Groups[1].Length > 0 && Parts.Decimal(begin.Groups[1].Value) is > 0 and var w ? w : 1;
            var gap = new QuestionText { Name = name, Id = name, Line = question.Line, Kind = type.Kind, Weight = weight, CaseSensitive = type.Case };
            if (Answers(gap, text[(begin.Index + begin.Length)..end], format, lost) is not { } made)
                return (null, "A number of a gap cannot be read.");
            gaps.Add(made);
            around.Append(text, from, begin.Index - from).Append(Open).Append(name).Append(Close);
            from = end + 1;
        }

        var prompt = ForeignText.Markdown(around.Append(text, from, text.Length - from).ToString(), format, lost);
        prompt = prompt.Replace(Open.ToString(), "{{", StringComparison.Ordinal).Replace(Close.ToString(), "}}", StringComparison.Ordinal);
        // In Moodle it is worth what its gaps are.
        var whole = question with { Kind = Kinds.Cloze, Prompt = Passage.Of(prompt), Points = gaps.Count == 0 ? 1 : Math.Min(1000, decimal.Round(gaps.Sum(g => g.Weight), 4)) };
        whole.Gaps.AddRange(gaps);
        return (whole, null);
    }

    /// <summary>A gap as it stands in a Cloze text. Null: it cannot be said there.</summary>
    public static string? Write(QuestionText gap)
    {
        var type = gap.Kind switch { Kinds.Single => "MULTICHOICE", Kinds.Multiple => "MULTIRESPONSE", Kinds.Numeric => "NUMERICAL", _ => gap.CaseSensitive ? "SHORTANSWER_C" : "SHORTANSWER" };
        var answers = gap.Kind switch
        {
            Kinds.Single => gap.Options.Select(o => Answer(o.Part ?? (o.Right ? 1 : 0), o.Text.Text, o.Feedback.Text)).ToList(),
            Kinds.Multiple => Weights.Of(gap) is { } worth ? gap.Options.Select((o, i) => Answer(worth[i], o.Text.Text, o.Feedback.Text)).ToList() : [],
            _ => [.. gap.Keys.Select(k => Key(gap, k)).OfType<string>()],
        };
        return answers.Count == 0 ? null : $"{{{Parts.Show(gap.Weight)}:{type}:{string.Join('~', answers)}}}";
    }

    private static string? Key(QuestionText gap, KeyText key) => gap.Kind == Kinds.Numeric
        ? key.Number is { } number && KeyWords.Number(number) is var (value, tolerance) ? Answer(key.Fraction, $"{value}:{tolerance}", key.Feedback.Text) : null
        : key.Text is { } words && KeyWords.Text(words) is { } pattern ? Answer(key.Fraction, pattern, key.Feedback.Text) : null;

    private static string Answer(decimal worth, string text, string feedback) =>
        (worth == 1 ? "=" : $"%{Percent.Write(worth)}%") + Escape(text) + (feedback.Length > 0 ? "#" + Escape(feedback) : "");

    private static string Escape(string text) => Special().Replace(text, @"\$0");

    private static QuestionText? Answers(QuestionText gap, string text, string format, ISet<string> lost)
    {
        var options = new List<(string, decimal, string)>();
        foreach (var answer in Cut(text, '~'))
        {
            var (worth, rest) = answer.TrimStart() is ['=', .. var right] ? (1m, right) : Weight(answer.TrimStart());
            var parts = Cut(rest, '#');
            var words = Plain(parts[0]).Trim();
            var feedback = parts.Count > 1 ? ForeignText.Markdown(Plain(string.Join('#', parts[1..])).Trim(), format == "markdown" ? format : "html", lost) : "";
            if (gap.Kind is Kinds.Single or Kinds.Multiple)
            {
                if (words.Length > 0)
                    options.Add((ForeignText.Markdown(words, format == "markdown" ? format : "html", lost), worth, feedback));
                continue;
            }

            words = format == "markdown" ? words : WebUtility.HtmlDecode(words);
            if (gap.Kind == Kinds.Short)
                gap.Keys.Add(Parts.Words(words, worth, feedback));
            else if (Parts.Number(words.Split(':')[0], words.Contains(':', StringComparison.Ordinal) ? words.Split(':')[1] : "", worth, feedback) is { } key)
                gap.Keys.Add(key);
            else
                return null;
        }

        return gap.Kind is Kinds.Single or Kinds.Multiple ? Parts.Choice(gap, gap.Kind == Kinds.Single, options) : gap;
    }

    private static (decimal Worth, string Words) Weight(string answer) => Part().Match(answer) is { Success: true } match && Percent.Read(match.Groups[1].Value) is { } worth
        ? (worth, answer[match.Length..])
        : (0, answer);

    // The place of the brace that closes; -1: none.
    private static int End(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '}')
                return i;
        }

        return -1;
    }

    private static List<string> Cut(string text, char at)
    {
        var (parts, from) = (new List<string>(), 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == at)
            {
                parts.Add(text[from..i]);
                from = i + 1;
            }
        }

        parts.Add(text[from..]);
        return parts;
    }

    private static string Plain(string text) => Escaped().Replace(text, "${sign}");

    [GeneratedRegex(@"\{\s*(?<weight>[0-9]*(\.[0-9]+)?)\s*:\s*(?<type>[A-Z]{2,}(_[A-Z]{1,2})?)\s*:", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Begin();

    [GeneratedRegex(@"^%(?<part>-?[0-9]+(\.[0-9]*)?)%", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Part();

    [GeneratedRegex(@"[}#~/\\""]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Special();

    [GeneratedRegex(@"\\(?<sign>[}#~/\\""])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Escaped();
}
