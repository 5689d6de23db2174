using System.Diagnostics;
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
    /// <summary>The most badges that are given in one save.</summary>
    public const int AtOnce = 100;

    // With n saves at once at least one succeeds in each round.
    private const int MostRounds = 100;

    /// <summary>
    /// Gives the badges for merits that are kept, all in one save. What they hang on is looked at anew: the switch of the course, the run, the
    /// enrolments. Who has got theirs meanwhile is left out.
    /// </summary>
    /// <param name="people">At most <see cref="AtOnce"/>.</param>
    public async Task Reward(Guid runId, Guid courseId, IReadOnlyCollection<Guid> people, CancellationToken ct)
    {
        var badge = await mediator.Send(new BadgeOfCourseQuery(courseId), ct);
        if (badge is not { IsGiven: true } || await mediator.Send(new RunTermQuery(runId), ct) is not { } run || run.CourseId != courseId)
            return;
        var named = await mediator.Send(new PeopleQuery([.. people]), ct);

        await keys.Ready(ct);
        using var signer = await keys.Open(ct);
        for (var round = 1; ; round++)
        {
            db.ChangeTracker.Clear();
            var open = await db.Set<Merit>().Where(m => m.RunId == runId && people.Contains(m.PersonId) && !m.Rewarded
                && db.Enrolments.Any(e => e.RunId == m.RunId && e.LearnerId == m.PersonId)).ToListAsync(ct);
            open.RemoveAll(m => !named.ContainsKey(m.PersonId));
            if (open.Count == 0)
                return;
            try
            {
                await Issue(open, badge, run, named, signer, ct);
                return;
            }
            catch (DbUpdateException e) when (round < MostRounds && (e is DbUpdateConcurrencyException || Database.IsDuplicate(e)))
            {
                // The places in the list were taken meanwhile, or a badge was given.
            }
        }
    }

    private async Task Issue(List<Merit> merits, BadgeOfCourse badge, RunTerm run, IReadOnlyDictionary<Guid, Person> named, Signer signer, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var achievements = new Dictionary<bool, Achievement>();
        foreach (var graded in merits.Select(m => m.Grade is not null).Distinct())
            achievements[graded] = await AchievementOf(badge, graded, now, ct);
        var places = await lists.Places(merits.Count, now, ct);

        // A hundred signatures are half a second of work: on a thread of their own they take none from those that make pages.
        var issued = await Task.Factory.StartNew(
            () => merits.Zip(places, (merit, place) => Rested(() => Signed(merit, achievements[merit.Grade is not null], run, named[merit.PersonId], place, signer, now))).ToList(),
            ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        merits.ForEach(m => m.Rewarded = true);
        foreach (var credential in issued)
        {
            db.Append(credential);
            db.Announce(new CredentialIssued(credential.Id, credential.RunId, credential.CourseId, credential.PersonId, now));
        }

        await db.SaveChangesAsync(ct);
    }

    // Work for the processor alone, with as long a rest behind it: the badges of a whole run take half of one core.
    private static T Rested<T>(Func<T> work)
    {
        var begun = Stopwatch.GetTimestamp();
        var done = work();
        Thread.Sleep(Stopwatch.GetElapsedTime(begun));
        return done;
    }

    private Credential Signed(Merit merit, Achievement achievement, RunTerm run, Person person, (int Number, int Index) place, Signer signer, DateTimeOffset now)
    {
        var id = clock.NewKey();
        var signed = signer.Sign(words.Credential(id, clock.NewKey(), person.Name, Json.Read(achievement.Json)!, merit, run, place, now), now);
        return new()
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
        };
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
