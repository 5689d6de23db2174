using System.Globalization;
using MediatR;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Host.Notifications;

/// <summary>What is told about an attempt, by mail where not chosen otherwise, in the language of the reader or else of the course.</summary>
internal sealed class QuizMails(Notices notices, IMediator mediator, IStringLocalizer<Text> text, Site site)
{
    /// <summary>What was submitted, with the code to show for it, and the score if it may be known.</summary>
    public Task Receipts(IReadOnlyList<AttemptGraded> graded, CancellationToken ct) => Tell(
        [.. graded.Select(g => new News(g.AttemptId, 0, g.RunId, g.ItemId, g.AttemptId, g.LearnerId, g.At, (name, quiz, link) => Receipt(g, name, quiz, link)))], ct);

    /// <summary>What a score was, is now, and why.</summary>
    public Task Changes(IReadOnlyList<AttemptRegraded> changes, CancellationToken ct) => Tell(
        [.. changes.Select(c => new News(c.ChangeId, 1, c.RunId, c.ItemId, c.AttemptId, c.LearnerId, c.At, (name, quiz, link) => Change(c, name, quiz, link)))], ct);

    private Letter Receipt(AttemptGraded graded, string name, string quiz, string link) => new(
        text["Receipt {0}: {1}", graded.Receipt, quiz],
        text["Hello {0},\n\nyour attempt {1} at “{2}” was submitted. Your receipt is {3}.", name, graded.Number, quiz, graded.Receipt]
            + (graded.ScoreShown ? "\n\n" + text["Your score is {0} of {1}.", Show(graded.Score), Show(graded.Points)] : "\n\n" + text["Your score is shown later, on the page of your attempt."])
            + "\n\n" + link);

    private Letter Change(AttemptRegraded change, string name, string quiz, string link) => new(
        text["Your score has changed: {0}", quiz],
        text["Hello {0},\n\nyour score at “{1}” was {2} and is now {3} of {4}.\n\nWhy: {5}", name, quiz, Show(change.OldScore ?? 0), Show(change.Score), Show(change.Points), change.Why ?? ""]
            + "\n\n" + link);

    // Each of a learner's news in a round of its own: the bell counts one for each person.
    private async Task Tell(IReadOnlyList<News> news, CancellationToken ct)
    {
        foreach (var round in news.GroupBy(n => n.LearnerId).SelectMany(mine => mine.Select((one, i) => (Round: i, One: one))).GroupBy(n => n.Round, n => n.One))
        {
            var letters = new Dictionary<Guid, (RunTerm Run, Func<string, Letter> Write)>();
            var told = new List<Notification>();
            foreach (var one in round)
            {
                var run = await mediator.Send(new RunTermQuery(one.RunId), ct);
                var item = (await mediator.Send(new OutlineQuery(one.RunId), ct))?.Items.FirstOrDefault(i => i.Id == one.ItemId);
                if (run is null || item is null)
                    continue; // the quiz has left the course meanwhile
                var page = QuizLinks.Result(run.CourseSlug, run.RunSlug, item.Slug, one.AttemptId);
                told.Add(Notification.New(one.Id, one.LearnerId, NoticeKind.Quiz, one.Detail, one.AttemptId, one.AttemptId, one.At).With(item.Title, run.CourseTitle, page));
                letters[one.Id] = (run, name => one.Write(name, item.Title, site.Link(page)));
            }

            await notices.Tell(told, toMany: false, ct, (one, to) => InLanguage.Of(to, letters[one.Id].Run, () => letters[one.Id].Write(to.Name)));
        }
    }

    private static string Show(decimal points) => Math.Round(points, 2).ToString("0.##", CultureInfo.CurrentCulture);

    /// <param name="Id">Of what it speaks of: told twice, it is sent once.</param>
    /// <param name="Write">The mail, from the learner's name, the quiz's title and the link to the result.</param>
    private sealed record News(Guid Id, int Detail, Guid RunId, Guid ItemId, Guid AttemptId, Guid LearnerId, DateTimeOffset At, Func<string, string, string, Letter> Write);
}
