using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Catalogue;

/// <summary>The first page of the site: what can be learned, without an account.</summary>
[AllowAnonymous]
[KeptForVisitors]
internal sealed class CatalogueModel(Shelf shelf, Searches searches) : ModulePage
{
    private const int PageSize = 24;
    private const int LongestSearch = 100;

    private CatalogueList list = null!;

    public CatalogueSearch Search { get; private set; } = null!;

    public IReadOnlyList<Found> Page1 { get; private set; } = [];

    public int First { get; private set; }

    public int Total { get; private set; }

    /// <summary>The last course of this page when there is another page.</summary>
    public string? Next { get; private set; }

    public IReadOnlyList<(Filter Filter, string Title, IReadOnlyList<Choice> Choices)> Filters { get; private set; } = [];

    public IReadOnlyList<Found> Soon { get; private set; } = [];

    public async Task OnGetAsync(string? q, string? when, string? sort, string? after)
    {
        var ct = HttpContext.RequestAborted;
        var words = (q ?? "").Trim() is { Length: > LongestSearch } longer ? longer[..LongestSearch] : (q ?? "").Trim();
        Search = new(
            words,
            when switch { "soon" => When.Soon, "closed" => When.Closed, _ => When.Open },
            sort ?? "",
            Filter.All.SelectMany(f => Request.Query[f.Name].OfType<string>().Where(v => v.Length > 0).Distinct().Select(v => (f.Name, v))).ToLookup(c => c.Name, c => c.v),
            await searches.Find(words, ct));
        list = await shelf.Catalogue(ct);
        var tab = Search.Tab(list, Search.When, Reader.Now);
        var (left, choices) = Search.Narrow(tab);
        Filters = [.. Filter.All.Zip(choices, (f, c) => (f, Title(f), c))];
        var sorted = Search.Sorted(list, left);
        if (after is not null && sorted.Select(f => f.Entry.Course.Slug).ToList().IndexOf(after) is >= 0 and var last)
            First = last + 1;
        (Page1, Total) = ([.. sorted.Skip(First).Take(PageSize)], left.Count);
        Next = First + PageSize < Total ? Page1[^1].Entry.Course.Slug : null;
        Soon = Search is { When: When.Open, Words: "", FiltersOn: 0 } && after is null ? [.. list.Tab(When.Soon, Reader.Now).OrderBy(f => f.Run.Start).Take(5)] : [];
    }

    public int Count(When when) => Search.Tab(list, when, Reader.Now).Count;

    /// <summary>This page with something else asked; what is not named stays.</summary>
    public string Address(When? when = null, string? after = null, bool filters = true, string? sort = null)
    {
        var query = new QueryBuilder();
        Add("q", Search.Words);
        Add("when", (when ?? Search.When) switch { When.Soon => "soon", When.Closed => "closed", _ => "" });
        if (filters)
        {
            foreach (var chosen in Search.Chosen)
                query.Add(chosen.Key, chosen.AsEnumerable());
        }

        Add("sort", sort ?? Search.Sort);
        Add("after", after ?? "");
        return "/" + query;

        void Add(string name, string value)
        {
            if (value.Length > 0)
                query.Add(name, value);
        }
    }

    public string Name(string filter, string value) => (filter, value) switch
    {
        ("subject", _) => value,
        ("lang", _) => LanguageName(value),
        (_, "adapt") => Texts["Free to adapt"],
        (_, "non-commercial") => Texts["Non-commercial"],
        (_, "unchanged") => Texts["Share unchanged"],
        (_, "reserved") => Texts["All rights reserved"],
        (_, "2") => Texts["Up to 2 hours"],
        (_, "4") => Texts["3 to 4 hours"],
        (_, "5") => Texts["5 hours or more"],
        _ => value,
    };

    public string Heading() => Search.When switch
    {
        When.Open => Texts.Count("1 course open now|{0} courses open now", Total),
        When.Soon => Texts.Count("1 course starting soon|{0} courses starting soon", Total),
        _ => Texts.Count("1 closed course|{0} closed courses", Total),
    };

    public string State(Found found) => Search.When switch
    {
        When.Open => Texts["Started {0}", Reader.Day(found.Run.Start, found.Run.Zone)],
        When.Soon => Texts["Starts {0}", Reader.Day(found.Run.Start, found.Run.Zone)],
        _ => Texts["Ended {0}", Reader.Day(found.Run.End, found.Run.Zone)],
    };

    private string Title(Filter filter) => filter.Name switch
    {
        "subject" => Texts["Subject"],
        "lang" => Texts["Language"],
        "licence" => Texts["Licence"],
        _ => Texts["Time a week"],
    };

    /// <summary>The language's own name: "Română".</summary>
    public static string LanguageName(string language)
    {
        try
        {
            var culture = CultureInfo.GetCultureInfo(language);
            return culture.TextInfo.ToTitleCase(culture.NativeName);
        }
        catch (CultureNotFoundException)
        {
            return language;
        }
    }
}
