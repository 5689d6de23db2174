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

/// <summary>What a learner does on the pages of a quiz, and what its script sends.</summary>
internal static class TakingPages
{
    // A form as this person would have it, at another address: its fields are the person's own, so that only the rule refuses.
    public static async Task<IHtmlDocument> AsOther(IHtmlDocument form, Browser browser, QuizCourse course, string rest = "")
    {
        var token = (await Token(browser)).Value;
        foreach (var field in form.QuerySelectorAll<IHtmlInputElement>("input[name=__RequestVerificationToken]"))
            field.Value = token;
        foreach (var element in form.QuerySelectorAll<IHtmlFormElement>("form"))
            element.SetAttribute("action", course.Path + rest);
        return form;
    }

    public static Task<int> CountSteps(this World world, QuizCourse course) => world.Db<QuizzesDb, int>(
        db => db.Steps.CountAsync(s => db.Attempts.Any(a => a.Id == s.AttemptId && a.RunId == course.RunId)));

    public static async Task<HttpResponseMessage> Steps(this World world, QuizCourse course, Browser learner, params (int Sequence, int Question, string Value)[] steps) =>
        await Steps(course, learner, await world.Db<QuizzesDb, Attempt>(db => db.Attempts.AsNoTracking().OrderByDescending(a => a.Number).FirstAsync(a => a.RunId == course.RunId)), steps);

    public static Task<HttpResponseMessage> Steps(QuizCourse course, Browser learner, Attempt attempt, params (int Sequence, int Question, string Value)[] steps) =>
        Steps(course, learner, attempt, steps, attempt.Id);

    public static Task<HttpResponseMessage> Steps(QuizCourse course, Browser learner, Attempt attempt, (int Sequence, int Question, string Value)[] steps, Guid page) =>
        Send(course, learner, attempt, JsonSerializer.Serialize(steps.Select(s => new { sequence = s.Sequence, question = s.Question, values = new[] { s.Value } })), page);

    public static async Task<HttpResponseMessage> Send(QuizCourse course, Browser learner, Attempt attempt, string steps, Guid page)
    {
        var token = await Token(learner, course.Path);
        return await learner.Client.PostAsync(new Uri(course.AttemptPath(attempt) + "/steps", UriKind.Relative), new FormUrlEncodedContent(
            [new("page", page.ToString("N")), new("steps", steps), new(token.Name!, token.Value)]));
    }

    // The script takes the token of its page; it is the same for every page of a person.
    public static async Task<IHtmlInputElement> Token(Browser learner, string path = "/my") =>
        (await learner.Open(path)).QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!;

    public static async Task<int> HeldAfter(Task<HttpResponseMessage> sent)
    {
        var answer = await sent;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("held").GetInt32();
    }
}
