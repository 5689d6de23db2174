using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Features.Shared;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Regrading;

/// <summary>Grades a question of a run anew. The work is done in the background; asking twice with one key is one regrade.</summary>
/// <param name="Key">Of the regrade, made by the page.</param>
/// <param name="Version">The one whose key the dry run has shown: nothing else is applied.</param>
/// <param name="Why">For the learners.</param>
internal sealed record ApplyRegrade(QuizAddress Address, TeamMember By, Guid Key, Guid QuestionId, int Version, RegradePolicy Policy, string? Why) : IRequest;

/// <summary>A regrade, or taking one back, has work to do. Heard by this module alone.</summary>
internal sealed record RegradeStarted(Guid RegradeId) : INotification;

internal sealed class ApplyRegradeHandler(QuizzesDb db, TeamPlaces places, Regrader regrader, TimeProvider clock) : IRequestHandler<ApplyRegrade, Unit>
{
    public async Task<Unit> Handle(ApplyRegrade command, CancellationToken ct)
    {
        var place = await places.Find(command.Address, command.By, CourseRole.Instructor, ct);
        if (await db.Regrades.AnyAsync(r => r.Id == command.Key, ct))
            return Unit.Value; // clicked twice
        var question = await regrader.Known(place.Item.Id, command.QuestionId).AsNoTracking().SingleOrDefaultAsync(ct) ?? throw new NotFound();
        if (question.Versions != command.Version)
            throw Domain.Refusals.ChangedSinceShown();
        db.Add(new Regrade
        {
            Id = command.Key,
            RunId = place.Run.RunId,
            ItemId = place.Item.Id,
            QuestionId = command.QuestionId,
            VersionId = question.VersionId,
            Policy = command.Policy,
            Why = Whys.Of(command.Why),
            ById = command.By.Id,
            At = clock.GetUtcNow(),
        });
        db.Announce(new RegradeStarted(command.Key));
        try
        {
            await db.SaveStarted(ct);
        }
        catch (Refused)
        {
            if (!await db.Regrades.AsNoTracking().AnyAsync(r => r.Id == command.Key, ct))
                throw;
            // Clicked twice, and the first was quicker.
        }

        return Unit.Value;
    }
}

/// <summary>Takes a regrade back: what it changed and nobody has changed since is as it was.</summary>
internal sealed record UndoRegrade(QuizAddress Address, TeamMember By, Guid RegradeId) : IRequest;

internal sealed class UndoRegradeHandler(QuizzesDb db, TeamPlaces places) : IRequestHandler<UndoRegrade, Unit>
{
    public async Task<Unit> Handle(UndoRegrade command, CancellationToken ct)
    {
        var place = await places.Find(command.Address, command.By, CourseRole.Instructor, ct);
        var regrade = await db.Regrades.SingleOrDefaultAsync(r => r.Id == command.RegradeId && r.RunId == place.Run.RunId && r.ItemId == place.Item.Id, ct) ?? throw new NotFound();
        if (regrade.State is RegradeState.Undoing or RegradeState.Undone)
            return Unit.Value;
        regrade.Undo();
        db.Announce(new RegradeStarted(regrade.Id));
        await db.SaveStarted(ct);
        return Unit.Value;
    }
}

/// <summary>Reasons as they are kept.</summary>
internal static class Whys
{
    public static string Of(string? typed) => typed?.Trim() switch
    {
        null or "" => throw Domain.Refusals.NoReason(),
        { Length: > ScoreChange.LongestWhy } => throw Domain.Refusals.ReasonTooLong(ScoreChange.LongestWhy),
        var why => why,
    };

    /// <summary>Saves a regrade that begins; of one quiz in a run only one is under way, says the database.</summary>
    public static async Task SaveStarted(this QuizzesDb db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            throw Domain.Refusals.RegradeUnderWay();
        }
    }
}
