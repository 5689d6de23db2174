using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Feeds;

/// <summary>The catalogue for machines: new courses as Atom (RFC 4287), every course page as a sitemap, the dates of a run as iCalendar.</summary>
internal static class Feeds
{
    private const int MostEntries = 50;
    private const int MostAddresses = 50_000; // of the sitemap protocol

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Map9 = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(CourseLinks.Feed, NewCourses).AllowAnonymous().WithMetadata(new KeptForVisitorsAttribute()).WithDisplayName("New courses as a feed");
        endpoints.MapGet("/sitemap.xml", Pages).AllowAnonymous().WithMetadata(new KeptForVisitorsAttribute()).WithDisplayName("Pages for search engines");
        endpoints.MapGet("/courses/{course}/{run}.ics", Calendar).AllowAnonymous().WithMetadata(new KeptForVisitorsAttribute()).WithDisplayName("Dates of a run");
    }

    private static async Task<IResult> NewCourses(Shelf shelf, Site site, IStringLocalizer<Text> text, CancellationToken ct)
    {
        var courses = (await shelf.Catalogue(ct)).Entries.Select(e => (e.Course, e.Licence)).OrderByDescending(c => c.Course.CreatedAt).Take(MostEntries).ToList();
        var feed = new XElement(Atom + "feed",
            new XElement(Atom + "id", site.Link(CourseLinks.Feed)),
            new XElement(Atom + "title", text["New courses on {0}", site.Name].Value),
            new XElement(Atom + "updated", Instant(courses.Select(c => c.Course.ChangedAt).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max())),
            new XElement(Atom + "author", new XElement(Atom + "name", site.Name)),
            Link("self", site.Link(CourseLinks.Feed), "application/atom+xml"),
            Link("alternate", site.Link("/"), "text/html"),
            courses.Select(c => new XElement(Atom + "entry",
                new XElement(Atom + "id", $"urn:uuid:{c.Course.Id}"),
                new XElement(Atom + "title", c.Course.Title),
                new XElement(Atom + "published", Instant(c.Course.CreatedAt)),
                new XElement(Atom + "updated", Instant(c.Course.ChangedAt)),
                Link("alternate", site.Link(CourseLinks.Course(c.Course.Slug)), "text/html"),
                c.Licence.Address is { } licence ? Link("license", licence, null) : null, // RFC 4946
                new XElement(Atom + "summary", new XAttribute(XNamespace.Xml + "lang", c.Course.Language), c.Course.Summary))));
        return Xml(feed, "application/atom+xml");
    }

    private static async Task<IResult> Pages(Shelf shelf, Site site, CancellationToken ct) => Xml(new XElement(Map9 + "urlset",
        new XElement(Map9 + "url", new XElement(Map9 + "loc", site.Link("/"))),
        (await shelf.Catalogue(ct)).Entries.OrderByDescending(e => e.Course.ChangedAt).Take(MostAddresses - 1).Select(e => new XElement(Map9 + "url",
            new XElement(Map9 + "loc", site.Link(CourseLinks.Course(e.Course.Slug))), new XElement(Map9 + "lastmod", Instant(e.Course.ChangedAt))))), "application/xml");

    private static async Task<IResult> Calendar(string course, string run, Shelf shelf, Site site, IStringLocalizer<Text> text, CancellationToken ct)
    {
        if (await shelf.BySlug(course, ct) is not { } book || book.Run(run) is not { PublishedAt: not null } planned)
            return Results.NotFound();
        var dates = RunCalendar.Of(book, planned, site, text);
        return Results.Text(dates, "text/calendar; charset=utf-8");
    }

    private static XElement Link(string relation, string address, string? type) =>
        new(Atom + "link", new XAttribute("rel", relation), new XAttribute("href", address), type is null ? null : new XAttribute("type", type));

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IResult Xml(XElement root, string type) => Results.Text($"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root.ToString(SaveOptions.DisableFormatting)}", $"{type}; charset=utf-8");
}
