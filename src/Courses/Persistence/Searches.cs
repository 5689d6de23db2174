using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Persistence;

/// <summary>
/// What searches of the catalogue have found. To find a word that stands in every course takes the database as long as there are courses, so
/// it is found once for all who ask, until a course is read anew by the search: at once on this node, after a second at most on the others.
/// </summary>
internal sealed class Searches(IServiceScopeFactory scopes, TimeProvider clock)
{
    // A search of 5,000 courses takes some 200 KB.
    private const int MostKept = 100;

    private readonly ConcurrentDictionary<string, Kept<Hits>> kept = new(StringComparer.Ordinal);

    /// <summary>Null: nothing was searched for.</summary>
    public async ValueTask<Hits?> Find(string typed, CancellationToken ct)
    {
        if (typed.Length == 0)
            return null;
        if (kept.Count >= MostKept)
            kept.Clear(); // what is asked for often is soon here again
        return await kept.GetOrAdd(CourseWords.Fold(typed), words => new(clock, token => Ask(VersionOf, token), token => Ask((services, t) => Load(services, words, t), token))).Get(ct);
    }

    /// <summary>A course was read anew by the search, here.</summary>
    public void Forget() => kept.Clear();

    // The version first: what is found after it may be newer, never older, and then is looked for again.
    private static async Task<(Hits, long)?> Load(IServiceProvider services, string words, CancellationToken ct)
    {
        var version = await VersionOf(services, ct);
        return (new(await services.GetRequiredService<CourseWords>().Find(words, ct) ?? new Dictionary<long, double>()), version!.Value);
    }

    private static async Task<long?> VersionOf(IServiceProvider services, CancellationToken ct) =>
        await services.GetRequiredService<CoursesDb>().Courses.SumAsync(c => (long)c.Indexed, ct);

    private async Task<T> Ask<T>(Func<IServiceProvider, CancellationToken, Task<T>> question, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await question(scope.ServiceProvider, ct);
    }
}

/// <summary>The courses that a search has found.</summary>
/// <param name="ranks">By their row, the higher the better they fit.</param>
internal sealed class Hits(IReadOnlyDictionary<long, double> ranks)
{
    private readonly Fitting?[] tabs = new Fitting?[3];

    /// <summary>Those in a tab, the best first; sorted once for all who ask while the tab stays as it is.</summary>
    public IReadOnlyList<Found> In(When when, IReadOnlyList<Found> tab)
    {
        if (tabs[(int)when] is not { } known || known.Tab != tab)
            tabs[(int)when] = known = new(tab, [.. tab.Where(f => ranks.ContainsKey(f.Entry.Row)).OrderByDescending(f => ranks[f.Entry.Row])]);
        return known.Found;
    }

    private sealed record Fitting(IReadOnlyList<Found> Tab, IReadOnlyList<Found> Found);
}
