using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Features.Shared;

/// <summary>
/// A question as a learner meets it, for the attempt and for the author's preview. Nothing of what is right is read here:
/// a test plants words in every key and feedback and looks for them in what this writes.
/// </summary>
internal sealed class QuestionHtml(IStringLocalizer<Text> text)
{
    private readonly FieldsHtml fields = new(text);

    /// <summary>Name of a question's fields: <c>q1</c>, <c>q2</c>, …; one of several is <c>q1.0</c>.</summary>
    public static string Field(int question) => string.Create(CultureInfo.InvariantCulture, $"q{question + 1}");

    /// <param name="question">Its place on the sheet, from 0.</param>
    /// <param name="order">Options: place on the page → place in the question.</param>
    /// <param name="given">What is shown as answered.</param>
    /// <param name="foot">Safe HTML below the question.</param>
    public string Section(int question, int of, QuestionBody body, IReadOnlyList<int> order, Answer? given, string foot = "")
    {
        var field = Field(question);
        var html = new StringBuilder(1024);
        html.Append($"<section class=\"question\" id=\"{field}\" data-question=\"{question}\" aria-labelledby=\"h{field}\"><header><h2 id=\"h{field}\">");
        html.Append(Encode(text["Question {0} of {1}", question + 1, of])).Append("</h2><span class=\"small soft\">").Append(Encode(Worth(body))).Append("</span>");
        html.Append($"<button class=\"button button-quiet button-sm\" type=\"button\" aria-pressed=\"false\" data-flag hidden>{Icon("flag")}");
        html.Append(Encode(text["Flag"])).Append("<span class=\"visually-hidden\"> ").Append(Encode(text["question {0}", question + 1])).Append("</span></button></header>");
        switch (body)
        {
            case Choice choice:
                Options(html, field, choice, order, given);
                break;
            case TrueFalse truth:
                fields.Truth(html, field, truth, given);
                break;
            case Matching matching:
                fields.Pairs(html, field, matching, order, given);
                break;
            case Ordering ordering:
                fields.Order(html, field, ordering, order, given);
                break;
            case Cloze cloze:
                fields.Gaps(html, field, cloze, order, given);
                Said(html, field, cloze, given);
                break;
            case Numeric numeric:
                Number(html, field, numeric, given);
                break;
            default:
                Words(html, field, body, given);
                break;
        }

        foreach (var hint in body.Hints)
            html.Append("<details><summary>").Append(Encode(text["Hint"])).Append("</summary><div class=\"prose prose-sm\">").Append(hint).Append("</div></details>");
        return html.Append(foot).Append("</section>").ToString();
    }

    /// <summary>"2 points, partly right counts".</summary>
    public string Worth(QuestionBody body) =>
        body.PartlyRightCounts ? text["{0}, partly right counts", Points(body.Points)].Value : Points(body.Points);

    /// <summary>"1 point", "2.5 points".</summary>
    public string Points(decimal points) =>
        points == decimal.Truncate(points) ? text.Count("1 point|{0} points", (long)points) : text["{0} points", Show(points)];

    /// <summary>What a number was read as; nothing for other questions and empty fields.</summary>
    public string? Echo(QuestionBody body, Answer? given) => (body, given) switch
    {
        (Numeric { Unit: { } own, Units: not null }, { Number: { } number, Unit: not null }) => text["We read {0}.", $"{Show(number)} {own}"].Value,
        (Numeric, { Number: { } number }) => text["We read {0}.", Show(number)].Value,
        (Numeric, { Text: not null }) => text["This is not a number that we can read."].Value,
        (Cloze cloze, not null) => string.Join(' ', cloze.Gaps
            .Select((gap, i) => Echo(gap.Body, Cloze.Given(given, i)) is { } said ? text["Gap {0}: {1}", i + 1, said].Value : null).OfType<string>()),
        _ => null,
    };

    /// <summary>What a form sends for a question, as <see cref="QuestionBody.Read"/> takes it.</summary>
    public static IReadOnlyList<string> Values(IFormCollection form, int question)
    {
        // "q1.0" with "a" becomes "0=a".
        var (field, values) = (Field(question), new List<string>());
        values.AddRange(form[field].OfType<string>());
        var prefix = field + ".";
        foreach (var (name, sent) in form)
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            foreach (var value in sent)
                values.Add($"{name.AsSpan(prefix.Length)}={value}");
        }

        return values;
    }

    /// <summary>What an answer is worth, in words.</summary>
    public string Percent(decimal fraction) => text["This answer is worth {0} % of the points.", Show(Math.Round(fraction * 100, 2, MidpointRounding.AwayFromZero))];

    /// <summary>A number in the reader's culture.</summary>
    public static string Show(decimal number) => NumberReading.Show(number, CultureInfo.CurrentCulture);

    /// <summary>The words of a prompt that is one paragraph; null when it is more and cannot stand in a label.</summary>
    public static string? OneParagraph(string html) =>
        html.StartsWith("<p>", StringComparison.Ordinal) && html.EndsWith("</p>", StringComparison.Ordinal) && html.IndexOf("</p>", StringComparison.Ordinal) == html.Length - 4
            && !html.Contains("<a ", StringComparison.Ordinal)
            ? html[3..^4]
            : null;

    private void Options(StringBuilder html, string field, Choice choice, IReadOnlyList<int> order, Answer? given)
    {
        FieldsHtml.Legend(html, field, choice, "choices");
        var many = choice is MultipleChoice;
        if (many)
            html.Append("<p class=\"hint\">").Append(Encode(text["Choose all that apply."])).Append("</p>");
        for (var place = 0; place < order.Count; place++)
        {
            var ticked = given?.Picks?.Contains(order[place]) == true ? " checked" : "";
            html.Append($"<label class=\"choice\"><input type=\"{(many ? "checkbox" : "radio")}\" name=\"{field}\" value=\"{place}\"{ticked}><span>");
            html.Append(choice.Options[order[place]].Html).Append("</span></label>");
        }

        html.Append("</fieldset>");
    }

    private void Number(StringBuilder html, string field, Numeric question, Answer? given)
    {
        html.Append("<div class=\"field\">").Append(Label(field, question)).Append("<div class=\"unit\">");
        html.Append($"<input class=\"short\" id=\"i{field}\" name=\"{field}\" inputmode=\"{FieldsHtml.Mode(question)}\" autocomplete=\"off\" maxlength=\"64\" value=\"{Encode(given?.Text ?? "")}\" aria-describedby=\"e{field}\"{Labelled(field, question)}>");
        if (question.Measures.Printed is { } unit)
            html.Append("<span>").Append(Encode(unit)).Append("</span>");
        html.Append("</div>");
        if (question.Units?.Penalty is not null)
            html.Append("<p class=\"hint\">").Append(Encode(text["Write the unit, too."])).Append("</p>");
        Said(html, field, question, given);
        html.Append("</div>");
    }

    private void Said(StringBuilder html, string field, QuestionBody question, Answer? given) =>
        html.Append($"<p class=\"hint\" id=\"e{field}\" role=\"status\" data-echo>").Append(Encode(Echo(question, given) ?? "")).Append("</p>");

    private static void Words(StringBuilder html, string field, QuestionBody question, Answer? given)
    {
        html.Append("<div class=\"field\">").Append(Label(field, question));
        html.Append($"<input id=\"i{field}\" name=\"{field}\" autocomplete=\"off\" maxlength=\"{Answer.LongestText}\" value=\"{Encode(given?.Text ?? "")}\"{Labelled(field, question)}></div>");
    }

    private static string Label(string field, QuestionBody question) => OneParagraph(question.Prompt) is { } prompt
        ? $"<label class=\"prompt\" for=\"i{field}\">{prompt}</label>"
        : $"<div class=\"prose\" id=\"p{field}\">{question.Prompt}</div>";

    private static string Labelled(string field, QuestionBody question) =>
        OneParagraph(question.Prompt) is null ? $" aria-labelledby=\"h{field} p{field}\"" : "";

    internal static string Icon(string name) => $"<svg class=\"icon\" aria-hidden=\"true\"><use href=\"/icons.svg#{name}\"/></svg>";

    internal static string Encode(string words) => WebUtility.HtmlEncode(words);
}
