using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Taking;

/// <summary>Starts an attempt, or goes on with the open one.</summary>
/// <param name="Key">Of the new attempt, made by the page: a second click starts nothing.</param>
internal sealed record StartAttempt(QuizAddress Address, Guid Key, Guid LearnerId) : IRequest<Guid>;

/// <summary>An attempt has a deadline: it was started, or its deadline was moved. Heard by this module alone.</summary>
internal sealed record AttemptTimed(Guid AttemptId, DateTimeOffset Deadline) : INotification;

internal sealed class StartAttemptHandler(
    QuizzesDb db, Places places, Pools pools, OpenAttempts attempts, IMediator mediator, TimeProvider clock) : IRequestHandler<StartAttempt, Guid>
{
    public async Task<Guid> Handle(StartAttempt command, CancellationToken ct)
    {
        var place = await places.Find(command.Address, command.LearnerId, ct);
        var now = clock.GetUtcNow();
        if (await mediator.Send(new EnrolmentQuery(place.Run.RunId, command.LearnerId), ct) is not { Active: true })
            throw Refusals.NotEnrolled();
        var extra = await db.AllowanceOf(place.Run.RunId, place.Item.Id, command.LearnerId, ct);
        place = place.For(extra);
        if (place.WhyNot(now) is { } refused)
            throw refused;
        if (await Open(place, command.LearnerId, now, ct) is { } open)
            return open;

        var quiz = await db.Quizzes.AsNoTracking().Include(q => q.Questions).SingleOrDefaultAsync(q => q.Id == place.Item.Id, ct) ?? throw new NotFound();
        var asked = await pools.Deal(quiz, Lots.SeedOf(command.Key), ct);
        var past = await db.PastOf(place.Run.RunId, place.Item.Id, command.LearnerId, ct);
        var attempt = Attempt.Start(command.Key, place.Run.RunId, quiz, command.LearnerId, past, place.Item.DueAt, extra, asked, now);
        db.Add(attempt);
        if (attempt.Deadline is { } deadline)
            db.Announce(new AttemptTimed(attempt.Id, deadline));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            // Clicked twice, or in two tabs: there is one attempt, and both go on with it.
            return await Mine(place, command.LearnerId).OrderByDescending(a => a.Number).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        }

        // Extra time may have been given between the look and the save, by somebody who did not see this attempt.
        if (attempt.Deadline is not null && await db.AllowanceOf(attempt.RunId, attempt.ItemId, command.LearnerId, ct) is { } given && given.At != extra?.At)
            await attempts.Change(attempt.Id, command.LearnerId, open => attempts.Extend(open, place.For(given).Item.DueAt, ct), ct);

        // The run may have ended between the look and the save, and been told to everyone: then nobody else ends this attempt.
        if (await mediator.Send(new RunTermQuery(place.Run.RunId), ct) is { } run && run.StateAt(clock.GetUtcNow()) is RunState.Closed or RunState.Archived)
            await Open(place, command.LearnerId, clock.GetUtcNow() + Attempt.Grace, ct);
        return attempt.Id;
    }

    private IQueryable<Attempt> Mine(Place place, Guid learnerId) =>
        db.Attempts.AsNoTracking().Where(a => a.RunId == place.Run.RunId && a.ItemId == place.Item.Id && a.LearnerId == learnerId);

    // An attempt whose time is up and which nobody has ended yet is ended here: it must not stand in the way.
    private async Task<Guid?> Open(Place place, Guid learnerId, DateTimeOffset now, CancellationToken ct)
    {
        var id = await Mine(place, learnerId).Where(a => a.SubmittedAt == null).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(ct);
        if (id is null)
            return null;
        var isOpen = await attempts.Change(id.Value, learnerId, open =>
        {
            if (open.Attempt.IsOpen && open.Over(now) is var (how, at))
                attempts.Submit(open, how, at);
            return Task.FromResult(open.Attempt.IsOpen);
        }, ct);
        return isOpen ? id : null;
    }
}
