using System.Globalization;
using System.Security.Claims;
using System.Xml.Linq;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Announcing;

/// <summary>The announcements of a run as Atom (RFC 4287), the newest first.</summary>
internal static class AnnouncementFeed
{
    private const int MostEntries = 50;
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/courses/{course}/{run}/announcements.atom", Feed).AllowAnonymous().WithDisplayName("Announcements of a run as a feed");

    private static async Task<IResult> Feed(
        string course, string run, ClaimsPrincipal person, Shelf shelf, Site site, IMediator mediator, IStringLocalizer<Text> text, CancellationToken ct)
    {
        var book = await shelf.BySlug(course, ct) ?? throw new NotFound();
        var term = book.Run(run)?.Term(book.Course) ?? throw new NotFound();
        if (!term.Published && !book.IsTeam(person))
            throw new NotFound();
        var some = await mediator.Send(new AnnouncementsQuery(term.RunId, null, MostEntries), ct);
        var people = await mediator.Send(new PeopleQuery([.. some.Select(a => a.AuthorId).Distinct()]), ct);
        var page = site.Link(CourseLinks.Announcements(course, run));
        var feed = new XElement(Atom + "feed", new XAttribute(XNamespace.Xml + "lang", term.Language),
            new XElement(Atom + "id", $"urn:uuid:{term.RunId}"),
            new XElement(Atom + "title", text["Announcements: {0}", term.CourseTitle].Value),
            new XElement(Atom + "updated", Instant(some.Count > 0 ? some[0].At : DateTimeOffset.UnixEpoch)),
            new XElement(Atom + "author", new XElement(Atom + "name", site.Name)),
            Link("self", site.Link(CourseLinks.AnnouncementFeed(course, run)), "application/atom+xml"),
            Link("alternate", page, "text/html"),
            some.Select(a => new XElement(Atom + "entry",
                new XElement(Atom + "id", $"urn:uuid:{a.Id}"),
                new XElement(Atom + "title", a.Title),
                new XElement(Atom + "published", Instant(a.At)),
                new XElement(Atom + "updated", Instant(a.At)),
                people.TryGetValue(a.AuthorId, out var author) ? new XElement(Atom + "author", new XElement(Atom + "name", author.Name)) : null,
                Link("alternate", $"{page}#a-{a.Id:N}", "text/html"),
                new XElement(Atom + "content", new XAttribute("type", "html"), new XAttribute(XNamespace.Xml + "base", page), a.Html))));
        return Results.Text($"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{feed.ToString(SaveOptions.DisableFormatting)}", "application/atom+xml; charset=utf-8");
    }

    private static XElement Link(string relation, string address, string type) =>
        new(Atom + "link", new XAttribute("rel", relation), new XAttribute("href", address), new XAttribute("type", type));

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
