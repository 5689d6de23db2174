using System.Net;
using System.Text;
using Microsoft.Extensions.Localization;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Shared;

/// <summary>A question after submitting: the verdict, your answer, the right answer and the author's words.</summary>
internal sealed class ResultHtml(IStringLocalizer<Text> text, QuestionHtml questions)
{
    private ResultPartsHtml Parts => new(text, Right);

    /// <summary>How an answer did, in words, with the tone and icon that stand beside them.</summary>
    public (string Words, string Tone, string Icon, string State) Verdict(Answer? answer, decimal fraction) => (answer, fraction) switch
    {
        (null, _) => (text["Not answered"], "caution", "todo", ""),
        (_, >= 1) => (text["Right"], "positive", "done", "right"),
        (_, > 0) => (text["Partly right"], "caution", "partly", "partly"),
        _ => (text["Wrong"], "critical", "wrong", "wrong"),
    };

    /// <param name="seen">What may leave the server: whether it is right, the author's words, the right answers.</param>
    public string Section(int question, int of, QuestionBody body, IReadOnlyList<int> order, Answer? answer, decimal fraction, Seen seen = Seen.All)
    {
        var (correct, feedback, keys) = (seen.HasFlag(Seen.Correct), seen.HasFlag(Seen.Feedback), seen.HasFlag(Seen.Keys));
        var (words, tone, icon, _) = Verdict(answer, fraction);
        var field = QuestionHtml.Field(question);
        if (!correct && answer is not null)
            (words, tone, icon) = (text["Answered"], "", "done");
        var points = !correct ? questions.Points(body.Points) : text["{0} of {1}", QuestionHtml.Show(Math.Round(body.Points * fraction, 2, MidpointRounding.AwayFromZero)), questions.Points(body.Points)];
        var html = new StringBuilder(1024);
        html.Append($"<section class=\"question\" id=\"{field}\" aria-labelledby=\"h{field}\"><header><h2 id=\"h{field}\">").Append(Encode(text["Question {0} of {1}", question + 1, of]));
        html.Append("</h2><span class=\"small soft\">").Append(Encode(points)).Append($"</span><span class=\"verdict\" data-tone=\"{tone}\">{QuestionHtml.Icon(icon)}").Append(Encode(words)).Append("</span></header>");
        if (body is not Cloze)
            html.Append("<div class=\"prose prompt\">").Append(body.Prompt).Append("</div>");
        switch (body)
        {
            case Choice choice:
                Options(html, choice, order, answer, seen);
                break;
            case Numeric numeric:
                Typed(html, answer, tone, icon, keys && fraction < 1 ? Right(numeric) : null, questions.Echo(numeric, answer));
                break;
            case ShortText shortText:
                Typed(html, answer, tone, icon, keys && fraction < 1 ? Right(shortText) : null, null);
                break;
            // The parts of an answer, the keys beside them and the author's words stand together: all of it, or nothing yet.
            case TrueFalse or Matching or Ordering or Cloze when !seen.HasFlag(Seen.Correct | Seen.Feedback | Seen.Keys):
                html.Append("<p class=\"small soft\">").Append(Encode(text["Shown later"])).Append("</p>");
                break;
            case TrueFalse truth:
                Parts.Truth(html, truth, answer);
                break;
            case Matching matching:
                Parts.Pairs(html, matching, answer);
                break;
            case Ordering ordering:
                Parts.Order(html, ordering, answer);
                break;
            case Cloze cloze:
                Parts.Gaps(html, cloze, order, answer);
                break;
        }

        // What belongs to an option or a part stands beside it.
        if (feedback && body is Numeric or ShortText)
        {
            foreach (var said in Grader.Grade(body, answer).Feedback)
                html.Append("<div class=\"prose prose-sm\">").Append(said).Append("</div>");
        }

        if (feedback && body.Feedback is { } general)
            html.Append($"<div class=\"callout\">{QuestionHtml.Icon("idea")}<div>").Append(general).Append("</div></div>");
        return html.Append("</section>").ToString();
    }

    private void Options(StringBuilder html, Choice choice, IReadOnlyList<int> order, Answer? answer, Seen seen)
    {
        html.Append("<ul class=\"answers\" role=\"list\">");
        foreach (var place in order)
        {
            var option = choice.Options[place];
            var picked = answer?.Picks?.Contains(place) == true;
            var (tone, icon, words) = (picked, option.Worth > 0) switch
            {
                (true, _) when !seen.HasFlag(Seen.Correct) => ("", "done", text["Your answer"].Value),
                (false, true) when !seen.HasFlag(Seen.Keys) => ("", "todo", ""),
                (true, true) => ("positive", "done", text["Your answer, right"].Value),
                (true, false) => ("critical", "wrong", text["Your answer, wrong"]),
                (false, true) => ("positive", "todo", text["Right answer"]),
                _ => ("", "todo", ""),
            };
            html.Append(tone.Length > 0 ? $"<li data-tone=\"{tone}\">" : "<li>").Append(QuestionHtml.Icon(icon)).Append("<span>").Append(option.Html).Append("</span>");
            if (words.Length > 0)
                html.Append("<strong>").Append(Encode(words)).Append("</strong>");
            if (picked && seen.HasFlag(Seen.Feedback) && option.Feedback is { } said)
                html.Append("<div class=\"prose prose-sm\">").Append(said).Append("</div>");
            html.Append("</li>");
        }

        html.Append("</ul>");
    }

    private void Typed(StringBuilder html, Answer? answer, string tone, string icon, string? right, string? echo)
    {
        html.Append("<ul class=\"answers\" role=\"list\">");
        if (answer is not null)
        {
            html.Append($"<li data-tone=\"{tone}\">{QuestionHtml.Icon(icon)}<span>").Append(Encode(answer.Text ?? "")).Append("</span><strong>").Append(Encode(text["Your answer"])).Append("</strong>");
            if (echo is not null)
                html.Append("<small>").Append(Encode(echo)).Append("</small>");
            html.Append("</li>");
        }

        if (right is { Length: > 0 })
            html.Append($"<li data-tone=\"positive\">{QuestionHtml.Icon("todo")}<span>").Append(Encode(right)).Append("</span><strong>").Append(Encode(text["Right answer"])).Append("</strong></li>");
        html.Append("</ul>");
    }

    private string? Right(QuestionBody body) => body switch
    {
        Numeric numeric => Right(numeric),
        ShortText shortText => Right(shortText),
        _ => null,
    };

    private string? Right(Numeric question)
    {
        if (question.Keys.FirstOrDefault(k => k.Fraction == 1 && !k.Anything) is not { } key)
            return null;
        var words = key switch
        {
            { Figures: { } figures, Value: { } value } => text["{0} (significant figures: {1})", QuestionHtml.Show(NumericKey.Rounded(value, figures)), figures],
            { Value: null } => text["{0} to {1}", QuestionHtml.Show(key.Low), QuestionHtml.Show(key.High)],
            { Value: { } value } when key.Low < key.High => text["{0}, give or take {1}", QuestionHtml.Show(value), QuestionHtml.Show(key.High - value)],
            _ => QuestionHtml.Show(key.Value.Value),
        };
        return question.Unit is { } unit ? $"{words} {unit}" : words;
    }

    private string Right(ShortText question) =>
        string.Join(text[" or "], Shown([.. question.Keys.Where(k => k is { Fraction: 1, Regex: false }).Select(k => k.Pattern.Replace("\\*", "\0", StringComparison.Ordinal))]));

    // A text without a wildcard says more than a pattern; where there is none, the wildcard is shown as an omission.
    private static IEnumerable<string> Shown(List<string> patterns)
    {
        var whole = patterns.Where(p => !p.Contains('*', StringComparison.Ordinal)).ToList();
        return (whole.Count > 0 ? whole : patterns).Select(p => p.Replace('*', '\u2026').Replace('\0', '*')
            .Replace("\\/", "/", StringComparison.Ordinal).Replace("\\~", "~", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal));
    }

    private static string Encode(string words) => WebUtility.HtmlEncode(words);
}
