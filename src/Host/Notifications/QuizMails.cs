using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Host.Notifications;

/// <summary>The mails about an attempt, in the language of the course. Each has the id of what it speaks of: told twice, it is sent once.</summary>
internal sealed class QuizMails(HostDb db, IMediator mediator, IStringLocalizer<Text> text, Site site, MailBell bell, TimeProvider clock)
{
    /// <summary>What was submitted, with the code to show for it, and the score if it may be known.</summary>
    public Task Receipt(AttemptGraded graded, CancellationToken ct) => Queue(graded.AttemptId, graded.RunId, graded.ItemId, graded.AttemptId, graded.LearnerId, (name, quiz, link) => (
        text["Receipt {0}: {1}", graded.Receipt, quiz],
        text["Hello {0},\n\nyour attempt {1} at “{2}” was submitted. Your receipt is {3}.", name, graded.Number, quiz, graded.Receipt]
            + (graded.ScoreShown ? "\n\n" + text["Your score is {0} of {1}.", Show(graded.Score), Show(graded.Points)] : "\n\n" + text["Your score is shown later, on the page of your attempt."])
            + "\n\n" + link), ct);

    /// <summary>What a score was, is now, and why.</summary>
    public Task Changed(AttemptRegraded change, CancellationToken ct) => Queue(change.ChangeId, change.RunId, change.ItemId, change.AttemptId, change.LearnerId, (name, quiz, link) => (
        text["Your score has changed: {0}", quiz],
        text["Hello {0},\n\nyour score at “{1}” was {2} and is now {3} of {4}.\n\nWhy: {5}", name, quiz, Show(change.OldScore ?? 0), Show(change.Score), Show(change.Points), change.Why ?? ""]
            + "\n\n" + link), ct);

    private async Task Queue(
        Guid id, Guid runId, Guid itemId, Guid attemptId, Guid learnerId, Func<string, string, string, (string Subject, string Body)> write, CancellationToken ct)
    {
        var account = await db.Users.AsNoTracking().Where(u => u.Id == learnerId && u.EmailConfirmed).Select(u => new { u.Email, u.Name }).SingleOrDefaultAsync(ct);
        if (account?.Email is null || await db.Mails.AnyAsync(m => m.Id == id, ct))
            return;
        var run = await mediator.Send(new RunTermQuery(runId), ct);
        var item = (await mediator.Send(new OutlineQuery(runId), ct))?.Items.FirstOrDefault(i => i.Id == itemId);
        if (run is null || item is null)
            return; // the quiz has left the course meanwhile

        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        var culture = CultureInfo.GetCultureInfo(Words.Languages.Contains(run.Language) ? run.Language : Words.Languages[0]);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        var (subject, body) = write(account.Name, item.Title, site.Link(QuizLinks.Result(run.CourseSlug, run.RunSlug, item.Slug, attemptId)));
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;

        db.Add(Mail.New(account.Email, subject, body, clock, id));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            return; // another node was told as well
        }

        bell.Ring();
    }

    private static string Show(decimal points) => Math.Round(points, 2).ToString("0.##", CultureInfo.CurrentCulture);
}
