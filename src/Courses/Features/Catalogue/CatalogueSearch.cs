using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Catalogue;

/// <summary>When a course can be taken: the catalogue's tabs.</summary>
internal enum When
{
    Open,
    Soon,
    Closed,
}

/// <summary>A course in one of the tabs, with the run that puts it there.</summary>
/// <param name="Rank">How well it fits the words searched for: the higher, the better.</param>
internal sealed record Found(CatalogueEntry Entry, RunTerm Run, double Rank);

/// <summary>A choice within a filter, and how many courses it would show with the other filters as they are.</summary>
internal sealed record Choice(string Value, int Count, bool On);

/// <summary>A way to narrow the list: its name in the address, and the value that a course has; empty: none.</summary>
internal sealed record Filter(string Name, Func<CatalogueEntry, string> Of)
{
    public static readonly IReadOnlyList<Filter> All =
    [
        new("subject", e => e.Course.Subject),
        new("lang", e => e.Course.Language),
        new("effort", EffortGroup),
        new("licence", LicenceGroup),
    ];

    private static string LicenceGroup(CatalogueEntry entry) => entry.Licence.Freedom switch
    {
        Freedom.Anything or Freedom.Adapt or Freedom.AdaptAlike => "adapt",
        Freedom.AdaptWithoutTrade or Freedom.ShareWithoutTrade => "non-commercial",
        Freedom.ShareOnly => "unchanged",
        _ => "reserved",
    };

    private static string EffortGroup(CatalogueEntry entry) => entry.Course.HoursPerWeek switch
    {
        <= 0 => "",
        <= 2 => "2",
        <= 4 => "4",
        _ => "5",
    };
}

/// <summary>What a reader asked of the catalogue; the address says all of it.</summary>
/// <param name="Chosen">By filter, the values of which a course must have one; none: any.</param>
internal sealed record CatalogueSearch(string Words, When When, string Sort, ILookup<string, string> Chosen)
{
    public int FiltersOn => Chosen.Sum(c => c.Count());

    /// <summary>Tab by tab, the courses that were found.</summary>
    /// <param name="hits">How well courses fit the words, by row; null: no words were given.</param>
    public static ILookup<When, Found> Tabs(CatalogueList list, IReadOnlyDictionary<long, double>? hits, DateTimeOffset now) =>
        list.Entries.SelectMany(entry => Places(entry, hits, now)).ToLookup(f => f.When, f => f.Found);

    /// <summary>What the filters leave, in the order asked for. Of two that are alike the older course comes first, on every page the same.</summary>
    public List<Found> Listed(IEnumerable<Found> tab)
    {
        var left = tab.Where(f => Filter.All.All(filter => Fits(filter, f.Entry))).OrderBy(f => f.Entry.Course.Id);
        return [.. (Sort, When) switch
        {
            ("newest", _) => left.OrderByDescending(f => f.Entry.Course.CreatedAt),
            ("shortest", _) => left.OrderBy(f => f.Entry.Course.Weeks * f.Entry.Course.HoursPerWeek),
            ("title", _) => left.OrderBy(f => f.Entry.Course.Title, StringComparer.CurrentCultureIgnoreCase),
            ("", _) when Words.Length > 0 => left.OrderByDescending(f => f.Rank),
            (_, When.Soon) => left.OrderBy(f => f.Run.Start),
            _ => left.OrderByDescending(f => f.Run.Start),
        }];
    }

    /// <summary>The choices of a filter, the most frequent first. What is chosen stays, even when nothing has it.</summary>
    public IReadOnlyList<Choice> Choices(Filter filter, IEnumerable<Found> tab)
    {
        var counts = tab.Where(f => Filter.All.All(other => other == filter || Fits(other, f.Entry))).CountBy(f => filter.Of(f.Entry)).Where(c => c.Key.Length > 0).ToDictionary();
        foreach (var chosen in Chosen[filter.Name])
            counts.TryAdd(chosen, 0);
        return [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => new Choice(c.Key, c.Value, Chosen[filter.Name].Contains(c.Key)))];
    }

    private bool Fits(Filter filter, CatalogueEntry entry) => !Chosen.Contains(filter.Name) || Chosen[filter.Name].Contains(filter.Of(entry));

    private static IEnumerable<(When When, Found Found)> Places(CatalogueEntry entry, IReadOnlyDictionary<long, double>? hits, DateTimeOffset now)
    {
        var rank = 0.0;
        if (hits?.TryGetValue(entry.Row, out rank) == false)
            yield break;
        var open = entry.Runs.LastOrDefault(r => r.StateAt(now) == RunState.Running && r.TakesLearners(now));
        var soon = entry.Runs.FirstOrDefault(r => r.StateAt(now) == RunState.Announced);
        if (open is not null)
            yield return (When.Open, new(entry, open, rank));
        if (soon is not null)
            yield return (When.Soon, new(entry, soon, rank));
        if (open is null && soon is null && entry.Runs.Count > 0)
            yield return (When.Closed, new(entry, entry.Runs[^1], rank));
    }
}
