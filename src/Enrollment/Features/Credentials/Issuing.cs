using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Domain.Badges;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Credentials;

/// <summary>Gives badges for merits, each once. Nothing happens while the course gives none, or when the person is gone.</summary>
internal sealed class Issuing(EnrollmentDb db, IMediator mediator, SigningKeys keys, StatusLists lists, BadgeText words, TimeProvider clock)
{
    // With n issued at once at least one succeeds in each round.
    private const int MostRounds = 100;

    /// <summary>Gives the badge for a merit that is kept. What it hangs on is looked at anew: the switch of the course, the run, the enrolment.</summary>
    public async Task Reward(Merit merit, CancellationToken ct)
    {
        var badge = await mediator.Send(new BadgeOfCourseQuery(merit.CourseId), ct);
        if (badge is not { IsGiven: true }
            || await mediator.Send(new RunTermQuery(merit.RunId), ct) is not { } run || run.CourseId != merit.CourseId
            || !await db.Enrolments.AnyAsync(e => e.RunId == merit.RunId && e.LearnerId == merit.PersonId, ct)
            || (await mediator.Send(new PeopleQuery([merit.PersonId]), ct)).GetValueOrDefault(merit.PersonId) is not { } person)
            return;

        await keys.Ready(ct);
        for (var round = 1; ; round++)
        {
            db.ChangeTracker.Clear();
            if (await db.Set<Merit>().SingleOrDefaultAsync(m => m.RunId == merit.RunId && m.PersonId == merit.PersonId, ct) is not { Rewarded: false } open)
                return;
            try
            {
                await Issue(open, badge, run, person, ct);
                return;
            }
            catch (DbUpdateException e) when (round < MostRounds && (e is DbUpdateConcurrencyException || Database.IsDuplicate(e)))
            {
                // The place in the list was taken meanwhile, or the badge was given.
            }
        }
    }

    private async Task Issue(Merit merit, BadgeOfCourse badge, RunTerm run, Person person, CancellationToken ct)
    {
        var (now, id) = (clock.GetUtcNow(), clock.NewKey());
        var achievement = await AchievementOf(badge, merit.Grade is not null, now, ct);
        var place = await lists.Place(now, ct);
        var said = words.Credential(id, clock.NewKey(), person.Name, Json.Read(achievement.Json)!, merit, run, place, now);
        var signed = await keys.Sign(said, now, ct);

        merit.Rewarded = true;
        db.Add(new Credential
        {
            Id = id,
            RunId = merit.RunId,
            PersonId = merit.PersonId,
            CourseId = merit.CourseId,
            AchievementId = achievement.Id,
            Name = person.Name,
            CompletedAt = merit.At,
            Grade = merit.Grade,
            IssuedAt = now,
            ListNumber = place.Number,
            ListIndex = place.Index,
            Jwt = signed.Jwt,
            Json = Json.Text(signed.Proven),
        });
        db.Announce(new CredentialIssued(id, merit.RunId, merit.CourseId, merit.PersonId, now));
        await db.SaveChangesAsync(ct);
    }

    // Achievements are told apart by all that they say but their own address.
    private async Task<Achievement> AchievementOf(BadgeOfCourse badge, bool graded, DateTimeOffset now, CancellationToken ct)
    {
        var bare = new JsonArray(words.Achievement(Guid.Empty, badge, graded), badge.Cover.Pattern, badge.Cover.Hue);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Json.Bytes(bare)));
        if (await db.Set<Achievement>().SingleOrDefaultAsync(a => a.CourseId == badge.CourseId && a.Hash == hash, ct) is { } known)
            return known;

        var emblem = Emblem.Of(badge.Cover.Pattern, badge.Cover.Hue, badge.CourseId);
        var id = clock.NewKey();
        var achievement = new Achievement
        {
            Id = id,
            CourseId = badge.CourseId,
            Hash = hash,
            Title = badge.Title,
            Language = badge.Language,
            Json = Json.Text(words.Achievement(id, badge, graded)),
            Svg = emblem.Svg(badge.Title),
            Png = Png.Draw(emblem),
            At = now,
        };
        db.Add(achievement);
        await db.SaveChangesAsync(ct);
        return achievement;
    }
}
