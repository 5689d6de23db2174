using System.Globalization;
using MediatR;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Host.Notifications;

/// <summary>What is told about an attempt, by mail where not chosen otherwise, in the language of the reader or else of the course. Each has the id of what it speaks of: told twice, it is sent once.</summary>
internal sealed class QuizMails(Notices notices, IMediator mediator, IStringLocalizer<Text> text, Site site)
{
    /// <summary>What was submitted, with the code to show for it, and the score if it may be known.</summary>
    public Task Receipt(AttemptGraded graded, CancellationToken ct) => Tell(
        graded.AttemptId, 0, graded.RunId, graded.ItemId, graded.AttemptId, graded.LearnerId, graded.At, (name, quiz, link) => new(
        text["Receipt {0}: {1}", graded.Receipt, quiz],
        text["Hello {0},\n\nyour attempt {1} at “{2}” was submitted. Your receipt is {3}.", name, graded.Number, quiz, graded.Receipt]
            + (graded.ScoreShown ? "\n\n" + text["Your score is {0} of {1}.", Show(graded.Score), Show(graded.Points)] : "\n\n" + text["Your score is shown later, on the page of your attempt."])
            + "\n\n" + link), ct);

    /// <summary>What a score was, is now, and why.</summary>
    public Task Changed(AttemptRegraded change, CancellationToken ct) => Tell(
        change.ChangeId, 1, change.RunId, change.ItemId, change.AttemptId, change.LearnerId, change.At, (name, quiz, link) => new(
        text["Your score has changed: {0}", quiz],
        text["Hello {0},\n\nyour score at “{1}” was {2} and is now {3} of {4}.\n\nWhy: {5}", name, quiz, Show(change.OldScore ?? 0), Show(change.Score), Show(change.Points), change.Why ?? ""]
            + "\n\n" + link), ct);

    private async Task Tell(
        Guid id, int detail, Guid runId, Guid itemId, Guid attemptId, Guid learnerId, DateTimeOffset at, Func<string, string, string, Letter> write, CancellationToken ct)
    {
        var run = await mediator.Send(new RunTermQuery(runId), ct);
        var item = (await mediator.Send(new OutlineQuery(runId), ct))?.Items.FirstOrDefault(i => i.Id == itemId);
        if (run is null || item is null)
            return; // the quiz has left the course meanwhile

        var page = QuizLinks.Result(run.CourseSlug, run.RunSlug, item.Slug, attemptId);
        await notices.Tell([Notification.New(id, learnerId, NoticeKind.Quiz, detail, attemptId, attemptId, at).With(item.Title, run.CourseTitle, page)],
            toMany: false, ct, (_, to) => InLanguage.Of(to, run, () => write(to.Name, item.Title, site.Link(page))));
    }

    private static string Show(decimal points) => Math.Round(points, 2).ToString("0.##", CultureInfo.CurrentCulture);
}
