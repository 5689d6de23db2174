using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Localization;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Shared;

/// <summary>
/// A question of an open attempt whose feedback comes question by question: with a button that checks the answer, what may be seen of
/// the check, and the hints that wrong tries have opened. Checked for the last time, it is shown as a result.
/// </summary>
internal sealed class CheckedHtml(IStringLocalizer<Text> text, QuestionHtml questions, ResultHtml results)
{
    /// <param name="during">What of a check may be seen.</param>
    public string Section(int question, int of, QuestionBody body, IReadOnlyList<int> order, Answer? given, Held? held, Sheet sheet, Seen during)
    {
        if (held is { Final: true })
        {
            var result = results.Section(question, of, body, order, held.Answer, held.Fraction ?? 0, during);
            return string.Create(CultureInfo.InvariantCulture, $"<div data-question=\"{question}\" data-final>{result}</div>");
        }

        // Hints are opened by wrong tries, one by one; with immediate feedback they stand there as always.
        var opened = sheet.Feedback == FeedbackMode.Interactive ? body with { Hints = [] } : body;
        return questions.Section(question, of, opened, order, given, Foot(question, body, held, sheet, during));
    }

    private string Foot(int question, QuestionBody body, Held? held, Sheet sheet, Seen during)
    {
        var html = new StringBuilder(512);
        if (held is { Tries: > 0, Checked: { } tried })
            Tried(html, body, tried, held.Tries, sheet, during);
        html.Append("<p class=\"row\">");
        html.Append(CultureInfo.InvariantCulture, $"<button class=\"button button-sm\" name=\"act\" value=\"check-{question}\">").Append(Encode(text["Check"]));
        html.Append("<span class=\"visually-hidden\"> ").Append(Encode(text["question {0}", question + 1])).Append("</span></button><span class=\"small soft\">");
        html.Append(Encode(sheet.Feedback == FeedbackMode.Immediate
            ? text["A checked answer cannot be changed."]
            : text.Count("1 try left|{0} tries left", sheet.Tries - (held?.Tries ?? 0))));
        if (sheet is { Feedback: FeedbackMode.Interactive, Penalty: > 0 })
            html.Append(". ").Append(Encode(text["Each wrong try costs {0} % of the points.", QuestionHtml.Show(sheet.Penalty)]));
        return html.Append("</span></p>").ToString();
    }

    private void Tried(StringBuilder html, QuestionBody body, Answer tried, int tries, Sheet sheet, Seen during)
    {
        var mark = Grader.Grade(body, tried);
        if (during.HasFlag(Seen.Correct))
        {
            var (words, tone, icon, _) = results.Verdict(tried, mark.Fraction);
            html.Append($"<p role=\"status\"><span class=\"verdict\" data-tone=\"{tone}\">{QuestionHtml.Icon(icon)}").Append(Encode(words)).Append("</span></p>");
        }
        else
        {
            html.Append("<p role=\"status\">").Append(Encode(text["Checked."])).Append("</p>");
        }

        if (during.HasFlag(Seen.Feedback))
        {
            foreach (var said in mark.Feedback)
                html.Append("<div class=\"prose prose-sm\">").Append(said).Append("</div>");
        }

        if (sheet.Feedback != FeedbackMode.Interactive)
            return;
        foreach (var hint in body.Hints.Take(tries))
            html.Append($"<div class=\"callout\">{QuestionHtml.Icon("idea")}<div><strong>").Append(Encode(text["Hint"])).Append("</strong>").Append(hint).Append("</div></div>");
    }

    private static string Encode(string words) => WebUtility.HtmlEncode(words);
}
