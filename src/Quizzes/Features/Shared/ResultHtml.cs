using System.Net;
using System.Text;
using Microsoft.Extensions.Localization;
using MoocPlatform.Quizzes.Grading;

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

    public string Section(int question, int of, QuestionBody body, IReadOnlyList<int> order, Answer? answer, decimal fraction)
    {
        var (words, tone, icon, _) = Verdict(answer, fraction);
        var field = QuestionHtml.Field(question);
        var points = text["{0} of {1}", QuestionHtml.Show(Math.Round(body.Points * fraction, 2, MidpointRounding.AwayFromZero)), questions.Points(body.Points)];
        var html = new StringBuilder(1024);
        html.Append($"<section class=\"question\" id=\"{field}\" aria-labelledby=\"h{field}\"><header><h2 id=\"h{field}\">").Append(Encode(text["Question {0} of {1}", question + 1, of]));
        html.Append("</h2><span class=\"small soft\">").Append(Encode(points)).Append($"</span><span class=\"verdict\" data-tone=\"{tone}\">{QuestionHtml.Icon(icon)}").Append(Encode(words)).Append("</span></header>");
        if (body is not Cloze)
            html.Append("<div class=\"prose prompt\">").Append(body.Prompt).Append("</div>");
        switch (body)
        {
            case Choice choice:
                Options(html, choice, order, answer);
                break;
            case Numeric numeric:
                Typed(html, answer, tone, icon, fraction, Right(numeric), questions.Echo(numeric, answer));
                break;
            case ShortText shortText:
                Typed(html, answer, tone, icon, fraction, Right(shortText), null);
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
        if (body is Numeric or ShortText)
        {
            foreach (var said in Grader.Grade(body, answer).Feedback)
                html.Append("<div class=\"prose prose-sm\">").Append(said).Append("</div>");
        }

        if (body.Feedback is { } general)
            html.Append($"<div class=\"callout\">{QuestionHtml.Icon("idea")}<div>").Append(general).Append("</div></div>");
        return html.Append("</section>").ToString();
    }

    private void Options(StringBuilder html, Choice choice, IReadOnlyList<int> order, Answer? answer)
    {
        html.Append("<ul class=\"answers\" role=\"list\">");
        foreach (var place in order)
        {
            var option = choice.Options[place];
            var picked = answer?.Picks?.Contains(place) == true;
            var (tone, icon, words) = (picked, option.Worth > 0) switch
            {
                (true, true) => ("positive", "done", text["Your answer, right"].Value),
                (true, false) => ("critical", "wrong", text["Your answer, wrong"]),
                (false, true) => ("positive", "todo", text["Right answer"]),
                _ => ("", "todo", ""),
            };
            html.Append(tone.Length > 0 ? $"<li data-tone=\"{tone}\">" : "<li>").Append(QuestionHtml.Icon(icon)).Append("<span>").Append(option.Html).Append("</span>");
            if (words.Length > 0)
                html.Append("<strong>").Append(Encode(words)).Append("</strong>");
            if (picked && option.Feedback is { } said)
                html.Append("<div class=\"prose prose-sm\">").Append(said).Append("</div>");
            html.Append("</li>");
        }

        html.Append("</ul>");
    }

    private void Typed(StringBuilder html, Answer? answer, string tone, string icon, decimal fraction, string? right, string? echo)
    {
        html.Append("<ul class=\"answers\" role=\"list\">");
        if (answer is not null)
        {
            html.Append($"<li data-tone=\"{tone}\">{QuestionHtml.Icon(icon)}<span>").Append(Encode(answer.Text ?? "")).Append("</span><strong>").Append(Encode(text["Your answer"])).Append("</strong>");
            if (echo is not null)
                html.Append("<small>").Append(Encode(echo)).Append("</small>");
            html.Append("</li>");
        }

        if (fraction < 1 && right is { Length: > 0 })
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
