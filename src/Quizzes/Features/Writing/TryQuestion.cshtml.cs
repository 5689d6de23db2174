using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Writing;

/// <summary>
/// POST: a question of a text that is being written, with an answer given in its preview: what it would be worth, and what would be said.
/// For the team of the course only; nothing is kept.
/// </summary>
[Authorize(Policies.SignedIn)]
internal sealed class TryQuestionModel(QuestionHtml questions, ResultHtml results) : ModulePage
{
    public string Html { get; private set; } = "";

    /// <summary>Whether the preview asks, and not a browser without script.</summary>
    public bool Fragment { get; private set; }

    public void OnGet() => throw new NotFound();

    /// <param name="try">Place of the question, from 0.</param>
    public async Task<IActionResult> OnPostAsync(string course, string? markdown, int @try)
    {
        var courseId = await Send(new WritableCourseQuery(course, Me, User.IsAdmin())) ?? throw new NotFound();
        Fragment = Request.Headers.XRequestedWith.Count > 0;
        var quiz = QuizCompiler.Read((markdown ?? "").ReplaceLineEndings("\n"), courseId, new Problems());
        if (@try < 0 || @try >= quiz.Questions.Count || quiz.Questions[@try].Body is Draw)
            throw new NotFound();

        var (body, order) = Trial.Of(quiz.Questions[@try].Body);
        var answer = body.Read(QuestionHtml.Values(Request.Form, @try), order, CultureInfo.CurrentCulture);
        var mark = Grader.Grade(body, answer);
        var worth = questions.Percent(mark.Fraction);
        var field = QuestionHtml.Field(@try); // the preview beside it has these names already
        var result = results.Section(@try, quiz.Questions.Count, body, order, answer, mark.Fraction)
            .Replace($"\"{field}\"", $"\"tried-{field}\"", StringComparison.Ordinal).Replace($"\"h{field}\"", $"\"tried-h{field}\"", StringComparison.Ordinal);
        Html = $"<p class=\"notice\" data-tone=\"info\">{QuestionHtml.Icon("info")}<span>{QuestionHtml.Encode(worth)}</span></p>"
            + result;
        return Page();
    }
}

/// <summary>A question as one attempt might have it: always the same, so that what the preview shows is what is tried.</summary>
internal static class Trial
{
    public static (QuestionBody Body, IReadOnlyList<int> Order) Of(QuestionBody body)
    {
        var random = new Random(1);
        return (body.Drawn(body.Draw(random)), body.Deal(random, shuffle: false));
    }
}
