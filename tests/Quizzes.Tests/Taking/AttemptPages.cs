using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Taking;

/// <summary>What tests do on the pages of an attempt.</summary>
internal static class AttemptPages
{
    public const string StartButton = "input[name=key]";
    public const string SaveButton = "button[value=save]";
    public const string SubmitButton = "button[value=submit]";

    public static readonly (string, string)[] AllRight = [("q1", "1"), ("q2", "0"), ("q2", "1"), ("q3", "3,145"), ("q4", "Public  Domain")];

    public static async Task<IHtmlDocument> Start(this Browser learner, QuizCourse course)
    {
        var (status, page, _) = await learner.Submit(await learner.Open(course.Path), StartButton);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotNull(page.QuerySelector("form[data-attempt]"));
        return page;
    }

    public static string Text(this IElement? element) => string.Join(' ', element!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The words of a page.</summary>
    public static string Words(this IHtmlDocument page) => page.Body.Text();

    /// <summary>Sends steps as the page's script does.</summary>
    public static Task<HttpResponseMessage> SendSteps(this Browser learner, QuizCourse course, Attempt attempt, Guid page, params IEnumerable<(long Sequence, int Question, string Value)> steps) =>
        TakingPages.Send(course, learner, attempt, JsonSerializer.Serialize(
            steps.Select(s => new { sequence = s.Sequence, question = s.Question, values = s.Value.Length == 0 ? [] : new[] { s.Value } })), page);

    public static Task<List<Step>> StepsOf(this World world, Attempt attempt) => world.Db<QuizzesDb, List<Step>>(
        db => db.Steps.AsNoTracking().Where(s => s.AttemptId == attempt.Id).OrderBy(s => s.At).ThenBy(s => s.Try).ToListAsync());
}
