using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Features.Shared;

/// <summary>
/// The fields of questions that have several: pairs, an order, gaps. Each is a field of its own with a number behind the question's name
/// (<c>q1.0</c>, <c>q1.1</c>, …), works without script, and tells nothing of what is right.
/// </summary>
internal sealed partial class FieldsHtml(IStringLocalizer<Text> text)
{
    /// <summary>Name of one of several fields.</summary>
    public static string Part(string field, int part) => string.Create(CultureInfo.InvariantCulture, $"{field}.{part}");

    /// <summary>True or false, in this order.</summary>
    public void Truth(StringBuilder html, string field, TrueFalse question, Answer? given)
    {
        Legend(html, field, question, "choices");
        for (var pick = 0; pick < 2; pick++)
        {
            var ticked = given?.Picks?.Contains(pick) == true ? " checked" : "";
            html.Append($"<label class=\"choice\"><input type=\"radio\" name=\"{field}\" value=\"{pick}\"{ticked}><span>{Encode(Truth(pick))}</span></label>");
        }

        html.Append("</fieldset>");
    }

    public string Truth(int pick) => pick == 0 ? text["True"] : text["False"];

    /// <summary>A select beside each thing to be matched. Answers that are more than words stand lettered above, and the letters are chosen.</summary>
    public void Pairs(StringBuilder html, string field, Matching question, IReadOnlyList<int> order, Answer? given)
    {
        Legend(html, field, question, "");
        var lettered = question.Answers.Any(IsMoreThanWords);
        if (lettered)
        {
            html.Append("<ol class=\"lettered\">");
            foreach (var answer in order)
                html.Append("<li>").Append(question.Answers[answer]).Append("</li>");
            html.Append("</ol>");
        }

        html.Append("<ul class=\"pairs\" role=\"list\">");
        for (var pair = 0; pair < question.Pairs.Count; pair++)
        {
            html.Append($"<li><span id=\"{field}-{pair}\">").Append(question.Pairs[pair].Html).Append($"</span><select name=\"{Part(field, pair)}\" aria-labelledby=\"{field}-{pair}\">");
            html.Append("<option value=\"\">").Append(Encode(text["Choose an answer"])).Append("</option>");
            for (var place = 0; place < order.Count; place++)
            {
                var chosen = Matching.Chosen(given, pair) == order[place] ? " selected" : "";
                html.Append(CultureInfo.InvariantCulture, $"<option value=\"{place}\"{chosen}>").Append(lettered ? Letter(place) : Encode(Words(question.Answers[order[place]]))).Append("</option>");
            }

            html.Append("</select></li>");
        }

        html.Append("</ul></fieldset>");
    }

    /// <summary>A position beside each item; the script makes of it a list whose items are moved.</summary>
    public void Order(StringBuilder html, string field, Ordering question, IReadOnlyList<int> order, Answer? given)
    {
        Legend(html, field, question, "");
        html.Append("<p class=\"hint\" data-order-hint data-live=\"").Append(Encode(text["Move the items with their buttons, or drag them."])).Append("\">");
        html.Append(Encode(text["Give each item its position, 1 being the first."])).Append("</p>");
        html.Append("<ol class=\"order\" role=\"list\" data-order data-up=\"").Append(Encode(text["Move {0} up", "{0}"])).Append("\" data-down=\"").Append(Encode(text["Move {0} down", "{0}"]));
        html.Append("\" data-moved=\"").Append(Encode(text["{0} is now {1} of {2}.", "{0}", "{1}", "{2}"])).Append("\">");
        for (var place = 0; place < order.Count; place++)
        {
            html.Append($"<li><span id=\"{field}-{place}\">").Append(question.Items[order[place]].Html).Append($"</span><select name=\"{Part(field, place)}\" aria-labelledby=\"{field}-{place}\"><option value=\"\">–</option>");
            for (var position = 1; position <= order.Count; position++)
            {
                var chosen = Matching.Chosen(given, order[place]) == position - 1 ? " selected" : "";
                html.Append(CultureInfo.InvariantCulture, $"<option value=\"{position}\"{chosen}>{position}</option>");
            }

            html.Append("</select></li>");
        }

        html.Append("</ol><p class=\"visually-hidden\" role=\"status\" data-order-said></p></fieldset>");
    }

    /// <summary>The text with its fields in it.</summary>
    public void Gaps(StringBuilder html, string field, Cloze question, IReadOnlyList<int> order, Answer? given)
    {
        html.Append($"<div class=\"prose cloze\" role=\"group\" aria-labelledby=\"h{field}\">");
        foreach (var (before, gap) in Formula.Places(question.Prompt))
        {
            html.Append(before);
            if (gap >= 0 && gap < question.Gaps.Count)
                Gap(html, Part(field, gap), text["Gap {0}", gap + 1], question.Gaps[gap].Body, question.OrderOf(gap, order), Cloze.Given(given, gap));
        }

        html.Append("</div>");
    }

    private static void Gap(StringBuilder html, string field, string name, QuestionBody body, IReadOnlyList<int> order, Answer? given)
    {
        switch (body)
        {
            case SingleChoice choice:
                html.Append($"<select name=\"{field}\" aria-label=\"{Encode(name)}\"><option value=\"\"></option>");
                for (var place = 0; place < order.Count; place++)
                    html.Append(CultureInfo.InvariantCulture, $"<option value=\"{place}\"{(given?.Picks?.Contains(order[place]) == true ? " selected" : "")}>").Append(Encode(Words(choice.Options[order[place]].Html))).Append("</option>");
                html.Append("</select>");
                break;
            case MultipleChoice choice:
                html.Append($"<span class=\"gap-choices\" role=\"group\" aria-label=\"{Encode(name)}\">");
                for (var place = 0; place < order.Count; place++)
                    html.Append(CultureInfo.InvariantCulture, $"<label><input type=\"checkbox\" name=\"{field}\" value=\"{place}\"{(given?.Picks?.Contains(order[place]) == true ? " checked" : "")}><span>").Append(choice.Options[order[place]].Html).Append("</span></label>");
                html.Append("</span>");
                break;
            case Numeric numeric:
                html.Append($"<input class=\"short\" name=\"{field}\" inputmode=\"{Mode(numeric)}\" autocomplete=\"off\" maxlength=\"64\" aria-label=\"{Encode(name)}\" value=\"{Encode(given?.Text ?? "")}\">");
                if (numeric.Measures.Printed is { } unit)
                    html.Append(' ').Append(Encode(unit));
                break;
            default:
                html.Append($"<input name=\"{field}\" autocomplete=\"off\" maxlength=\"{Answer.LongestText}\" aria-label=\"{Encode(name)}\" value=\"{Encode(given?.Text ?? "")}\">");
                break;
        }
    }

    /// <summary>The keyboard of a telephone: figures, unless a unit may be typed.</summary>
    public static string Mode(Numeric question) => question.Units is null ? "decimal" : "text";

    /// <summary>A fieldset named by the prompt.</summary>
    public static void Legend(StringBuilder html, string field, QuestionBody question, string kind)
    {
        var named = kind.Length > 0 ? $" class=\"{kind}\"" : "";
        if (QuestionHtml.OneParagraph(question.Prompt) is { } prompt)
            html.Append($"<fieldset{named}><legend>").Append(prompt).Append("</legend>");
        else
            html.Append($"<div class=\"prose\" id=\"p{field}\">").Append(question.Prompt).Append($"</div><fieldset{named} aria-labelledby=\"h{field} p{field}\">");
    }

    /// <summary>The words of a line of HTML.</summary>
    public static string Words(string html) => WebUtility.HtmlDecode(Tags().Replace(html, "")).Trim();

    /// <summary>A, B, … Z, AA, …</summary>
    public static string Letter(int place) => (place >= 26 ? Letter((place / 26) - 1) : "") + (char)('A' + (place % 26));

    public static bool IsMoreThanWords(string html) => MoreThanWords().IsMatch(html);

    private static string Encode(string words) => WebUtility.HtmlEncode(words);

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex("<(?!/?(em|strong|code|del|sub|sup|span|br)\\b)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MoreThanWords();
}
