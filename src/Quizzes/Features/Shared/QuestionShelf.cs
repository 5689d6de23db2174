using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Shared;

/// <summary>Versions of questions, read once: they never change.</summary>
internal sealed class QuestionShelf(QuizzesDb db, IMemoryCache cache)
{
    private static readonly MemoryCacheEntryOptions Kept = new() { SlidingExpiration = TimeSpan.FromHours(1) };

    /// <summary>The questions of a sheet, in its order, with the values that were drawn for it.</summary>
    public async Task<IReadOnlyList<QuestionBody>> Of(Sheet sheet, CancellationToken ct)
    {
        var bodies = await Of([.. sheet.Questions.Select(q => q.Version)], ct);
        return AsDealt(sheet, bodies);
    }

    // With the numbers that were drawn, and worth what its place says.
    private static IReadOnlyList<QuestionBody> AsDealt(Sheet sheet, IReadOnlyList<QuestionBody> bodies) =>
        [.. bodies.Zip(sheet.Questions, (body, asked) => body.Drawn(asked.Drawn) is var drawn && asked.Points is { } points ? drawn with { Points = points } : drawn)];

    /// <summary>
    /// The questions of an attempt with the keys by which it is graded now, worth what they were worth when they were asked. Where the new
    /// version is about other things than the answer, the question is shown as it was asked.
    /// </summary>
    public async Task<IReadOnlyList<QuestionBody>> AsGraded(Attempt attempt, CancellationToken ct)
    {
        var graded = attempt.AsGraded;
        return graded == attempt.Sheet ? await Of(attempt.Sheet, ct) : [.. (await Regraded(attempt.Sheet, graded, ct)).Select(q => q.Now ?? q.Dealt)];
    }

    /// <summary>The questions of a sheet as they were dealt, and as answers to them are graded by the versions of another; null: they cannot be.</summary>
    public async Task<IReadOnlyList<(QuestionBody Dealt, QuestionBody? Now)>> Regraded(Sheet sheet, Sheet by, CancellationToken ct)
    {
        var asked = await Of([.. sheet.Questions.Select(q => q.Version)], ct);
        var now = (await Of([.. by.Questions.Select(q => q.Version)], ct)).Zip(asked, (n, a) => n == a ? a : n.As(a)).ToList();
        var dealt = AsDealt(sheet, asked);
        var fits = AsDealt(sheet, [.. now.Zip(asked, (n, a) => n ?? a)]);
        return [.. dealt.Select((d, i) => (d, now[i] is null ? null : fits[i] with { Points = d.Points }))];
    }

    /// <summary>Versions by id, in the order asked.</summary>
    public async Task<IReadOnlyList<QuestionBody>> Of(IReadOnlyList<Guid> versions, CancellationToken ct)
    {
        var bodies = new QuestionBody?[versions.Count];
        for (var i = 0; i < bodies.Length; i++)
            bodies[i] = cache.Get<QuestionBody>(Key(versions[i]));

        if (Array.IndexOf(bodies, null) >= 0)
        {
            var missing = versions.Where((_, i) => bodies[i] is null).ToList();
            var found = await db.Versions.AsNoTracking().Where(v => missing.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Body, ct);
            foreach (var (id, body) in found)
                cache.Set(Key(id), QuestionBody.Of(body), Kept);
            for (var i = 0; i < bodies.Length; i++)
                bodies[i] ??= cache.Get<QuestionBody>(Key(versions[i])) ?? QuestionBody.Of(found[versions[i]]);
        }

        return bodies!;
    }

    private static (string, Guid) Key(Guid version) => ("question", version);
}
