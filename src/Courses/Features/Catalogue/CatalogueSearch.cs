using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Catalogue;

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
/// <param name="Hits">How well courses fit the words, by row; null: no words were given.</param>
internal sealed record CatalogueSearch(string Words, When When, string Sort, ILookup<string, string> Chosen, IReadOnlyDictionary<long, double>? Hits)
{
    public int FiltersOn => Chosen.Sum(c => c.Count());

    /// <summary>The courses of a tab that the words find.</summary>
    public IReadOnlyList<Found> Tab(CatalogueList list, When when, DateTimeOffset now) =>
        Hits is null ? list.Tab(when, now) : [.. list.Tab(when, now).Where(f => Hits.ContainsKey(f.Entry.Row))];

    /// <summary>What the filters leave.</summary>
    public IReadOnlyList<Found> Left(IReadOnlyList<Found> tab) => Chosen.Count == 0 ? tab : [.. tab.Where(f => Filter.All.All(filter => Fits(filter, f.Entry)))];

    /// <summary>In the order asked for. Two that are alike stay in the order of their keys, on every page the same.</summary>
    public IEnumerable<Found> Sorted(IReadOnlyList<Found> left) => (Sort, When) switch
    {
        ("newest", _) => left.OrderByDescending(f => f.Entry.Course.CreatedAt),
        ("shortest", _) => left.OrderBy(f => f.Entry.Course.Weeks * f.Entry.Course.HoursPerWeek),
        ("title", _) => left.OrderBy(f => f.Entry.Course.Title, StringComparer.CurrentCultureIgnoreCase),
        ("", _) when Hits is not null => left.OrderByDescending(f => Hits[f.Entry.Row]),
        (_, When.Soon) => left.OrderBy(f => f.Run.Start),
        _ => left.OrderByDescending(f => f.Run.Start),
    };

    /// <summary>The choices of a filter, the most frequent first. What is chosen stays, even when nothing has it.</summary>
    public IReadOnlyList<Choice> Choices(Filter filter, IReadOnlyList<Found> tab)
    {
        var fits = Chosen.Count == 0 ? tab : tab.Where(f => Filter.All.All(other => other == filter || Fits(other, f.Entry)));
        var counts = fits.CountBy(f => filter.Of(f.Entry), StringComparer.Ordinal).Where(c => c.Key.Length > 0).ToDictionary();
        foreach (var chosen in Chosen[filter.Name])
            counts.TryAdd(chosen, 0);
        return [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => new Choice(c.Key, c.Value, Chosen[filter.Name].Contains(c.Key)))];
    }

    private bool Fits(Filter filter, CatalogueEntry entry) => !Chosen.Contains(filter.Name) || Chosen[filter.Name].Contains(filter.Of(entry));
}
