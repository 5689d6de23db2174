using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Teaching;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Grading;

/// <summary>The team sets a learner's result at a quiz, or the grade of the course, by hand, or takes that back. Who, when and why stay for ever.</summary>
/// <param name="Key">Of the form: sent twice, it counts once.</param>
/// <param name="ItemId">The quiz; <see cref="Guid.Empty"/>: the grade of the course.</param>
/// <param name="Percent">0 to 100; null: what was set is taken back.</param>
internal sealed record SetResult(Guid Key, Guid RunId, Guid LearnerId, Guid ItemId, decimal? Percent, string? Comment, Guid ById) : IRequest;

internal sealed class SetResultHandler(EnrollmentDb db, GradeBases bases, RosterBell roster, TimeProvider clock) : IRequestHandler<SetResult, Unit>
{
    public async Task<Unit> Handle(SetResult request, CancellationToken cancellationToken)
    {
        if (request.Percent is < 0 or > 100 || (request.Percent is { } given && decimal.Round(given, 2) != given))
            throw Refusals.Percent();
        if (string.IsNullOrWhiteSpace(request.Comment))
            throw Refusals.CommentNeeded();
        if (request.Comment.Trim().Length > GradeOverride.LongestComment)
            throw Refusals.CommentTooLong(GradeOverride.LongestComment);
        var basis = await bases.Of(request.RunId, cancellationToken) ?? throw new NotFound();
        if (request.ItemId != Guid.Empty && basis.Quizzes.All(q => q.Id != request.ItemId))
            throw new NotFound();

        await db.Change(request.RunId, request.LearnerId, async (enrolment, _) =>
        {
            if (enrolment is null)
                throw new NotFound();
            if (await db.Overrides.AnyAsync(o => o.Id == request.Key, cancellationToken))
                return;
            enrolment.Changed();
            var now = clock.GetUtcNow();
            var (scores, overrides) = await bases.ResultsOf(request.RunId, request.LearnerId, cancellationToken);
            var set = new GradeOverride
            {
                Id = request.Key,
                RunId = request.RunId,
                LearnerId = request.LearnerId,
                Number = enrolment.Version,
                ItemId = request.ItemId,
                Percent = request.Percent,
                Comment = request.Comment.Trim(),
                ById = request.ById,
                At = now,
            };
            db.Add(set);
            if (enrolment.Takes(basis, basis.Percent(scores, [.. overrides, set]), now) is { } completed)
                db.Announce(completed);
        }, cancellationToken);
        roster.Changed(request.RunId);
        return Unit.Value;
    }
}
