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
internal sealed record Found(CatalogueEntry Entry, RunTerm Run);

/// <summary>A choice within a filter and how many courses of this tab and search it has.</summary>
internal sealed record Choice(string Value, int Count, bool On);

/// <summary>What a reader asked of the catalogue; the address says all of it.</summary>
internal sealed record CatalogueSearch(string Words, When When, string[] Languages, string[] Licences, string[] Efforts, string Sort)
{
    public int FiltersOn => Languages.Length + Licences.Length + Efforts.Length;

    /// <summary>Tab by tab, the courses in which every word is found.</summary>
    public Dictionary<When, List<Found>> Tabs(CatalogueList list, DateTimeOffset now)
    {
        var words = CatalogueEntry.Fold(Words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var tabs = new Dictionary<When, List<Found>> { [When.Open] = [], [When.Soon] = [], [When.Closed] = [] };
        foreach (var entry in list.Entries.Where(e => Array.TrueForAll(words, w => e.Folded.Contains(w, StringComparison.Ordinal))))
        {
            var open = entry.Runs.LastOrDefault(r => r.StateAt(now) == RunState.Running && r.TakesLearners(now));
            var soon = entry.Runs.FirstOrDefault(r => r.StateAt(now) == RunState.Announced);
            if (open is not null)
                tabs[When.Open].Add(new(entry, open));
            if (soon is not null)
                tabs[When.Soon].Add(new(entry, soon));
            if (open is null && soon is null && entry.Runs.Count > 0)
                tabs[When.Closed].Add(new(entry, entry.Runs[^1]));
        }

        return tabs;
    }

    /// <summary>What the filters leave, in the order asked for.</summary>
    public List<Found> Filter(IEnumerable<Found> found)
    {
        var left = found.Where(f =>
            Fits(Languages, f.Entry.Course.Language) && Fits(Licences, LicenceGroup(f.Entry)) && Fits(Efforts, EffortGroup(f.Entry)));
        return [.. (Sort, When) switch
        {
            ("newest", _) => left.OrderByDescending(f => f.Entry.Course.CreatedAt),
            ("shortest", _) => left.OrderBy(f => f.Entry.Course.Weeks * f.Entry.Course.HoursPerWeek),
            ("title", _) => left.OrderBy(f => f.Entry.Course.Title, StringComparer.CurrentCultureIgnoreCase),
            (_, When.Soon) => left.OrderBy(f => f.Run.Start),
            _ => left.OrderByDescending(f => f.Run.Start),
        }];
    }

    public static IEnumerable<Choice> Choices(IEnumerable<Found> found, Func<CatalogueEntry, string> group, string[] on) =>
        found.GroupBy(f => group(f.Entry), StringComparer.Ordinal).Where(g => g.Key.Length > 0).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new Choice(g.Key, g.Count(), on.Contains(g.Key)));

    public static string LicenceGroup(CatalogueEntry entry) => entry.Licence.Freedom switch
    {
        Freedom.Anything or Freedom.Adapt or Freedom.AdaptAlike => "adapt",
        Freedom.AdaptWithoutTrade or Freedom.ShareWithoutTrade => "non-commercial",
        Freedom.ShareOnly => "unchanged",
        _ => "reserved",
    };

    public static string EffortGroup(CatalogueEntry entry) => entry.Course.HoursPerWeek switch
    {
        <= 0 => "",
        <= 2 => "2",
        <= 4 => "4",
        _ => "5",
    };

    private static bool Fits(string[] wanted, string value) => wanted.Length == 0 || wanted.Contains(value);
}
