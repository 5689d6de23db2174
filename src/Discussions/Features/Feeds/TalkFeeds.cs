using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Discussions.Features.Shared;
using MoocPlatform.Discussions.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Discussions.Features.Feeds;

/// <summary>
/// The talk of a run, and of a thread, as Atom (RFC 4287): what its reader may read at the moment of asking. A feed reader has no session, so
/// its address holds who reads, sealed: <c>/talk/feeds/{sealed}.atom</c>. The addresses inside the run lead on to it.
/// </summary>
internal sealed class TalkFeeds(DiscussionsDb db, IMediator mediator, Rooms rooms, Site site, IStringLocalizer<Text> text, IDataProtectionProvider seals)
{
    private const int MostEntries = 50;

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private readonly IDataProtector seal = seals.CreateProtector("talk-feed");

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/learn/{course}/{run}/talk/feed.atom", (string course, string run, HttpContext http, TalkFeeds feeds, CancellationToken ct) => feeds.Address(course, run, null, http, ct))
            .RequireAuthorization(Policies.SignedIn).WithDisplayName("Address of my feed of a talk");
        endpoints.MapGet("/learn/{course}/{run}/talk/{thread:guid}/feed.atom", (string course, string run, Guid thread, HttpContext http, TalkFeeds feeds, CancellationToken ct) => feeds.Address(course, run, thread, http, ct))
            .RequireAuthorization(Policies.SignedIn).WithDisplayName("Address of my feed of a thread");
        endpoints.MapGet("/talk/feeds/{sealed}.atom", (string @sealed, TalkFeeds feeds, CancellationToken ct) => feeds.Feed(@sealed, ct))
            .AllowAnonymous().WithDisplayName("Feed of a talk");
    }

    private async Task<IResult> Address(string course, string run, Guid? thread, HttpContext http, CancellationToken ct)
    {
        if (await rooms.Find(course, run, http.User.IdOrNull(), http.User.IsAdmin(), ct) is not { MayRead: true } room)
            throw new NotFound();
        return Results.LocalRedirect($"/talk/feeds/{seal.Protect($"{room.PersonId:N}{room.Run.RunId:N}{thread:N}")}.atom");
    }

    private async Task<IResult> Feed(string @sealed, CancellationToken ct)
    {
        if (Open(@sealed) is not var (person, runId, threadId))
            throw new NotFound();
        var isAdmin = await mediator.Send(new IsAdminQuery(person), ct);
        if (await rooms.Find(await mediator.Send(new RunTermQuery(runId), ct), person, isAdmin, ct) is not { MayRead: true } room)
            throw new NotFound();
        var run = room.Run;
        var thread = threadId is { } id ? await db.Threads.AsNoTracking().Where(room.Sight.Threads).SingleOrDefaultAsync(t => t.Id == id, ct) ?? throw new NotFound() : null;
        List<Writing> writings = thread is null
            ? [.. await db.Threads.AsNoTracking().Where(room.Sight.Threads).Where(t => t.DeletedAt == null).OrderByDescending(t => t.Number).Take(MostEntries).ToListAsync(ct)]
            : [.. await db.Posts.AsNoTracking().Where(room.Sight.Texts).Where(p => p.ThreadId == thread.Id).OrderByDescending(p => p.Number).Take(MostEntries).ToListAsync(ct)];
        if (thread is not null && room.Sight.MayRead(thread))
            writings.Add(thread);
        var cast = await mediator.Cast(room, writings.Select(w => w.AuthorId), ct);
        var at = thread is null ? TalkLinks.Board(run.CourseSlug, run.RunSlug) : TalkLinks.Thread(run.CourseSlug, run.RunSlug, thread.Id);
        return Xml(new XElement(Atom + "feed",
            new XElement(Atom + "id", $"urn:uuid:{thread?.Id ?? run.RunId}"),
            new XElement(Atom + "title", Clean(thread?.Title ?? text["Discussion of {0}", run.CourseTitle].Value)),
            new XElement(Atom + "updated", Instant(writings.Select(w => w.EditedAt ?? w.At).DefaultIfEmpty(run.Start).Max())),
            Link("self", site.Link($"/talk/feeds/{@sealed}.atom"), "application/atom+xml"),
            Link("alternate", site.Link(at), "text/html"),
            writings.Select(w => Entry(w, cast, run))));
    }

    private XElement Entry(Writing w, Cast cast, RunTerm run)
    {
        var name = cast.AuthorOf(w)?.Name ?? text["Anonymous"].Value;
        var link = w is Post post ? TalkLinks.Writing(run.CourseSlug, run.RunSlug, post.ThreadId, w.Id) : TalkLinks.Thread(run.CourseSlug, run.RunSlug, w.Id);
        return new XElement(Atom + "entry",
            new XElement(Atom + "id", $"urn:uuid:{w.Id}"),
            new XElement(Atom + "title", Clean(w is Domain.Thread thread ? thread.Title : text["Reply by {0}", name].Value)),
            new XElement(Atom + "author", new XElement(Atom + "name", Clean(name))),
            new XElement(Atom + "published", Instant(w.At)),
            new XElement(Atom + "updated", Instant(w.EditedAt ?? w.At)),
            Link("alternate", site.Link(link), "text/html"),
            new XElement(Atom + "content", new XAttribute("type", "html"), Clean(w.Html)));
    }

    private (Guid Person, Guid Run, Guid? Thread)? Open(string @sealed)
    {
        try
        {
            var ids = seal.Unprotect(@sealed);
            return (Guid.ParseExact(ids[..32], "N"), Guid.ParseExact(ids[32..64], "N"), ids.Length > 64 ? Guid.ParseExact(ids[64..], "N") : null);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // XML 1.0 has no place for most control characters: not in a course's title either.
    private static string Clean(string text) => string.Concat(text.Where(c => System.Xml.XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));

    private static XElement Link(string relation, string address, string type) =>
        new(Atom + "link", new XAttribute("rel", relation), new XAttribute("href", address), new XAttribute("type", type));

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IResult Xml(XElement root) => Results.Text($"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root.ToString(SaveOptions.DisableFormatting)}", "application/atom+xml; charset=utf-8");
}
