using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Grading;
using MoocPlatform.Enrollment.Features.Teaching;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Learning;

/// <summary>Quizzes of a run were taken, or their scores have changed: they count towards their learners' progress and grades, all with one save.</summary>
internal sealed record CountQuizzes(Guid RunId, IReadOnlyList<QuizHeard> Heard) : IRequest;

/// <summary>What was heard of an attempt.</summary>
/// <param name="Key">Of the activity: asked twice, it shows that the first was heard.</param>
/// <param name="Hear">Tells what is known of the attempt what was told now.</param>
internal sealed record QuizHeard(Guid Key, Guid ItemId, Guid LearnerId, Guid AttemptId, ActivityKind Kind, DateTimeOffset At, Action<AttemptScore> Hear);

internal sealed class CountQuizzesHandler(EnrollmentDb db, GradeBases bases, Live live, RosterBell roster, TimeProvider clock) : IRequestHandler<CountQuizzes, Unit>
{
    public async Task<Unit> Handle(CountQuizzes request, CancellationToken cancellationToken)
    {
        if (await bases.Of(request.RunId, cancellationToken) is not { } basis)
            return Unit.Value;

        Guid[] learners = [.. request.Heard.Select(h => h.LearnerId).Distinct()];
        Guid[] keys = [.. request.Heard.Select(h => h.Key)];
        await db.Change(request.RunId, learners, async (enrolments, again) =>
        {
            var known = again ? await db.Activities.Where(a => keys.Contains(a.Id)).Select(a => a.Id).ToHashSetAsync(cancellationToken) : [];
            var scores = (await db.Scores.Where(s => s.RunId == request.RunId && learners.Contains(s.LearnerId)).ToListAsync(cancellationToken))
                .GroupBy(s => s.LearnerId).ToDictionary(s => s.Key, s => s.ToList());
            var overrides = (await db.Overrides.AsNoTracking().Where(o => o.RunId == request.RunId && learners.Contains(o.LearnerId)).ToListAsync(cancellationToken))
                .ToLookup(o => o.LearnerId);
            foreach (var heard in request.Heard.Where(h => !known.Contains(h.Key)))
            {
                if (!enrolments.TryGetValue(heard.LearnerId, out var enrolment))
                    continue;
                if (!scores.TryGetValue(heard.LearnerId, out var mine))
                    scores[heard.LearnerId] = mine = [];
                Count(heard, enrolment, basis, mine, [.. overrides[heard.LearnerId]]);
            }
        }, cancellationToken);

        roster.Changed(request.RunId);
        foreach (var (learner, number) in await db.NumbersOf(learners, cancellationToken))
            live.Tell(EnrollmentLinks.ProgressChannel(learner), "counted", number);
        return Unit.Value;
    }

    private void Count(QuizHeard heard, Enrolment enrolment, GradeBasis basis, List<AttemptScore> scores, List<GradeOverride> overrides)
    {
        if (scores.Find(s => s.AttemptId == heard.AttemptId) is not { } score)
        {
            scores.Add(score = new AttemptScore { AttemptId = heard.AttemptId, RunId = enrolment.RunId, LearnerId = heard.LearnerId, ItemId = heard.ItemId });
            db.Add(score);
        }

        heard.Hear(score);
        if (basis.Outline.Items.FirstOrDefault(i => i.Id == heard.ItemId) is { } item) // null: the quiz has left the course meanwhile; perhaps it comes back
        {
            var completes = heard.Kind == ActivityKind.QuizPassed || (item.Rule == CompletionRule.Taken && heard.Kind == ActivityKind.QuizTaken);
            db.Append(enrolment.Does(heard.Key, heard.Kind, item, completes, heard.At));
        }

        if (enrolment.Takes(basis, basis.Percent(scores, overrides), clock.GetUtcNow()) is { } completed)
            db.Announce(completed);
    }
}
