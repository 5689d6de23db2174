using System.Net;
using System.Text;
using Microsoft.Extensions.Localization;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Features.Shared;

/// <summary>The answers of questions that have several parts, after submitting: what was given, whether it was right, and what is.</summary>
/// <param name="right">How the right answer of a typed question is put into words; null: it cannot be.</param>
internal sealed class ResultPartsHtml(IStringLocalizer<Text> text, Func<QuestionBody, string?> right)
{
    private readonly FieldsHtml fields = new(text);

    public void Truth(StringBuilder html, TrueFalse question, Answer? answer)
    {
        html.Append("<ul class=\"answers\" role=\"list\">");
        for (var pick = 0; pick < 2; pick++)
        {
            var (picked, isRight) = (answer?.Picks?.Contains(pick) == true, (pick == 0) == question.Right);
            var (tone, icon, words) = (picked, isRight) switch
            {
                (true, true) => ("positive", "done", text["Your answer, right"].Value),
                (true, false) => ("critical", "wrong", text["Your answer, wrong"]),
                (false, true) => ("positive", "todo", text["Right answer"]),
                _ => ("", "todo", ""),
            };
            Item(html, tone, icon, Encode(fields.Truth(pick)), words, picked ? (pick == 0 ? question.IfTrue : question.IfFalse) : null);
        }

        html.Append("</ul>");
    }

    public void Pairs(StringBuilder html, Matching question, Answer? answer)
    {
        html.Append("<ul class=\"answers\" role=\"list\">");
        foreach (var (pair, i) in question.Pairs.Select((p, i) => (p, i)))
        {
            var chosen = Matching.Chosen(answer, i);
            var (tone, icon) = Tone(chosen >= 0, chosen == pair.Answer);
            var words = chosen == pair.Answer ? text["Your answer, right"].Value : chosen >= 0 ? text["Your answer, wrong"] : text["Not answered"];
            var given = chosen >= 0 && chosen < question.Answers.Count ? $"{pair.Html} → {question.Answers[chosen]}" : pair.Html;
            var rest = chosen == pair.Answer ? "" : $"<small>{Encode(text["Right answer"])}: {question.Answers[pair.Answer]}</small>";
            Item(html, tone, icon, given, words, pair.Feedback, rest);
        }

        html.Append("</ul>");
    }

    /// <summary>The right order, with the position that each item was given.</summary>
    public void Order(StringBuilder html, Ordering question, Answer? answer)
    {
        html.Append("<p class=\"hint\">").Append(Encode(text["The right order:"])).Append("</p><ol class=\"answers\" role=\"list\">");
        foreach (var (item, i) in question.Items.Select((item, i) => (item, i)).OrderBy(item => question.RightOf(item.i)))
        {
            var (position, right) = (Matching.Chosen(answer, i), question.RightOf(i));
            var (tone, icon) = Tone(position >= 0, position == right);
            var words = position == right ? text["Your answer, right"].Value : position >= 0 ? text["You put it at {0}", position + 1] : text["Not answered"];
            Item(html, tone, icon, $"{right + 1}. {item.Html}", words, position >= 0 ? item.Feedback : null);
        }

        html.Append("</ol>");
    }

    /// <summary>The text with what was given in its gaps, then each gap on its own.</summary>
    public void Gaps(StringBuilder html, Cloze question, IReadOnlyList<int> order, Answer? answer)
    {
        html.Append("<div class=\"prose\">");
        foreach (var (before, gap) in Formula.Places(question.Prompt))
        {
            html.Append(before);
            if (gap >= 0 && gap < question.Gaps.Count)
                html.Append("<mark class=\"gap\">").Append(Given(question.Gaps[gap].Body, Cloze.Given(answer, gap)) is { Length: > 0 } given ? given : "…").Append("</mark>");
        }

        html.Append("</div><ol class=\"answers\" role=\"list\">");
        for (var gap = 0; gap < question.Gaps.Count; gap++)
        {
            var (body, given) = (question.Gaps[gap].Body, Cloze.Given(answer, gap));
            var mark = Grader.Grade(body, given);
            var (tone, icon) = given is not null && mark.Fraction is > 0 and < 1 ? ("caution", "partly") : Tone(given is not null, mark.Fraction >= 1);
            var words = given is null ? text["Not answered"].Value : mark.Fraction >= 1 ? text["Your answer, right"] : mark.Fraction > 0 ? text["Partly right"] : text["Your answer, wrong"];
            var rest = mark.Fraction < 1 && Right(body) is { Length: > 0 } known ? $"<small>{Encode(text["Right answer"])}: {known}</small>" : "";
            Item(html, tone, icon, $"{Encode(text["Gap {0}", gap + 1])}: {Given(body, given)}", words, mark.Feedback.Count > 0 ? string.Concat(mark.Feedback) : null, rest);
        }

        html.Append("</ol>");
    }

    private static string Given(QuestionBody body, Answer? given) => body is Choice choice
        ? string.Join(", ", (given?.Picks ?? []).Where(p => p < choice.Options.Count).Select(p => choice.Options[p].Html))
        : Encode(given?.Text ?? "");

    private string? Right(QuestionBody body) => body switch
    {
        SingleChoice choice => string.Join(Encode(text[" or "]), choice.Options.Where(o => o.Worth == 1).Select(o => o.Html)),
        Choice choice => string.Join(", ", choice.Options.Where(o => o.Right).Select(o => o.Html)),
        _ => right(body) is { } words ? Encode(words) : null,
    };

    private static (string Tone, string Icon) Tone(bool answered, bool right) =>
        right ? ("positive", "done") : answered ? ("critical", "wrong") : ("caution", "todo");

    private static void Item(StringBuilder html, string tone, string icon, string content, string words, string? feedback, string rest = "")
    {
        html.Append(tone.Length > 0 ? $"<li data-tone=\"{tone}\">" : "<li>").Append(QuestionHtml.Icon(icon)).Append("<span>").Append(content).Append("</span>");
        if (words.Length > 0)
            html.Append("<strong>").Append(Encode(words)).Append("</strong>");
        html.Append(rest);
        if (feedback is not null)
            html.Append("<div class=\"prose prose-sm\">").Append(feedback).Append("</div>");
        html.Append("</li>");
    }

    private static string Encode(string words) => WebUtility.HtmlEncode(words);
}
