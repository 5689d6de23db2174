using System.Globalization;
using System.Runtime.InteropServices;
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
/// <param name="Hits">The courses that have the words; null: no words were given.</param>
internal sealed record CatalogueSearch(string Words, When When, string Sort, ILookup<string, string> Chosen, Hits? Hits)
{
    public int FiltersOn => Chosen.Sum(c => c.Count());

    /// <summary>The courses of a tab that the words find, the best first; without words in the order of their keys.</summary>
    public IReadOnlyList<Found> Tab(CatalogueList list, When when, DateTimeOffset now) =>
        Hits is null ? list.Tab(when, now) : Hits.In(when, list.Tab(when, now));

    /// <summary>
    /// What the filters leave, and the choices of each, the most frequent first: a choice counts what it would show with the other filters
    /// as they are. What is chosen stays, even when nothing has it.
    /// </summary>
    public (IReadOnlyList<Found> Left, IReadOnlyList<IReadOnlyList<Choice>> Choices) Narrow(IReadOnlyList<Found> tab)
    {
        var filters = Filter.All.Select(f => (f.Of, Chosen: Chosen[f.Name].ToArray(), Counts: new Dictionary<string, int>(StringComparer.Ordinal))).ToArray();
        var left = Chosen.Count == 0 ? tab : [.. tab.Where(f => Array.TrueForAll(filters, filter => Fits(filter.Chosen, filter.Of(f.Entry))))];
        foreach (var found in tab)
        {
            var misses = Chosen.Count == 0 ? 0 : filters.Count(f => !Fits(f.Chosen, f.Of(found.Entry)));
            if (misses > 1)
                continue;
            foreach (var (of, chosen, counts) in filters)
            {
                var value = of(found.Entry);
                if (value.Length > 0 && (misses == 0 || !Fits(chosen, value)))
                    CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _)++;
            }
        }

        foreach (var (_, chosen, counts) in filters)
        {
            foreach (var value in chosen)
                counts.TryAdd(value, 0);
        }

        return (left, [.. filters.Select(f => (IReadOnlyList<Choice>)[.. f.Counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => new Choice(c.Key, c.Value, f.Chosen.Contains(c.Key)))])]);
    }

    /// <summary>In the order asked for. Two that are alike stay in the order of their tab, on every page the same.</summary>
    public IEnumerable<Found> Sorted(CatalogueList list, IReadOnlyList<Found> left) => (Sort, When) switch
    {
        ("newest", _) => left.OrderByDescending(f => f.Entry.Course.CreatedAt),
        ("shortest", _) => left.OrderBy(f => f.Entry.Course.Weeks * f.Entry.Course.HoursPerWeek),
        ("title", _) => ByTitle(list, left),
        ("", _) when Hits is not null => left,
        (_, When.Soon) => left.OrderBy(f => f.Run.Start),
        _ => left.OrderByDescending(f => f.Run.Start),
    };

    private static IEnumerable<Found> ByTitle(CatalogueList list, IReadOnlyList<Found> left)
    {
        var places = list.Titles(CultureInfo.CurrentCulture);
        return left.OrderBy(f => places[f.Entry]);
    }

    private static bool Fits(string[] chosen, string value) => chosen.Length == 0 || chosen.Contains(value);
}
