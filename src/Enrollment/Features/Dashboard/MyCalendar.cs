using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Dashboard;

/// <summary>The private calendars of people: <c>/my/calendar/{secret}.ics</c>. Whoever has the address reads it; taken back, it leads nowhere.</summary>
internal sealed class MyCalendar(EnrollmentDb db, IMediator mediator, Site site, IStringLocalizer<Text> text, IDataProtectionProvider seals, TimeProvider clock)
{
    private readonly IDataProtector seal = seals.CreateProtector("my-calendar");

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/my/calendar/{secret}.ics", (string secret, MyCalendar calendar, CancellationToken ct) => calendar.Show(secret, ct))
            .AllowAnonymous().WithDisplayName("My dates");

    /// <summary>The address of a person's calendar; null: there is none.</summary>
    public async Task<string?> AddressOf(Guid person, CancellationToken ct)
    {
        if (await db.Calendars.AsNoTracking().SingleOrDefaultAsync(c => c.PersonId == person, ct) is not { } kept)
            return null;
        try
        {
            return site.Link($"/my/calendar/{seal.Unprotect(kept.Sealed)}.ics");
        }
        catch (CryptographicException)
        {
            return null; // the keys of the process are gone: a new address can be made
        }
    }

    /// <summary>Makes a new address; the one before leads nowhere any more.</summary>
    public async Task Renew(Guid person, CancellationToken ct)
    {
        var secret = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(24));
        await db.InTurn(async token =>
        {
            var kept = await db.Calendars.SingleOrDefaultAsync(c => c.PersonId == person, token);
            if (kept is null)
                db.Add(kept = new PrivateCalendar { PersonId = person });
            (kept.Hash, kept.Sealed, kept.At) = (HashOf(secret), seal.Protect(secret), clock.GetUtcNow());
            await db.SaveChangesAsync(token);
        }, ct);
    }

    /// <summary>Takes the address back.</summary>
    public Task Revoke(Guid person, CancellationToken ct) => db.InTurn(token => db.Calendars.Where(c => c.PersonId == person).ExecuteDeleteAsync(token), ct);

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private async Task<IResult> Show(string secret, CancellationToken ct)
    {
        var hash = HashOf(secret);
        if (await db.Calendars.AsNoTracking().SingleOrDefaultAsync(c => c.Hash == hash, ct) is not { } kept)
            return Results.NotFound();
        var calendar = new Ics(text["My dates – {0}", site.Name]);
        foreach (var run in await mediator.Send(new MyLearningQuery(kept.PersonId), ct))
            foreach (var date in run.Dates())
                calendar.Event($"{date.Name}.{run.Run.RunId:N}@{site.Address.Host}", date.At, clock.GetUtcNow(), $"{text[date.Text]}: {date.Title}", site.Link(date.Address), run.Run.Cancelled);
        return Results.Text(calendar.End(), "text/calendar; charset=utf-8");
    }

    /// <summary>
    /// A calendar as RFC 5545 wants it: CRLF, lines of at most 75 octets folded between characters, texts escaped, instants in UTC. Events keep
    /// their UID, so that a calendar moves what it has; SEQUENCE grows with time.
    /// </summary>
    internal sealed class Ics
    {
        private const int LongestLine = 75; // octets

        private readonly StringBuilder lines = new();

        public Ics(string name)
        {
            foreach (var line in (ReadOnlySpan<string>)["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//MoocPlatform//Enrollment//EN", "METHOD:PUBLISH", $"X-WR-CALNAME:{Escaped(name)}"])
                Fold(line);
        }

        public void Event(string uid, DateTimeOffset at, DateTimeOffset now, string summary, string link, bool cancelled)
        {
            foreach (var line in (ReadOnlySpan<string>)["BEGIN:VEVENT", $"UID:{uid}", $"DTSTAMP:{Instant(now)}", $"LAST-MODIFIED:{Instant(now)}",
                $"SEQUENCE:{now.ToUnixTimeSeconds() / 60}", $"DTSTART:{Instant(at)}", $"SUMMARY:{Escaped(summary)}", $"URL:{link}", cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED", "END:VEVENT"])
                Fold(line);
        }

        public string End()
        {
            Fold("END:VCALENDAR");
            return lines.ToString();
        }

        private static string Escaped(string value) => value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(";", @"\;", StringComparison.Ordinal)
            .Replace(",", @"\,", StringComparison.Ordinal).ReplaceLineEndings(@"\n");

        private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

        private void Fold(string line)
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > LongestLine)
                {
                    lines.Append("\r\n ");
                    octets = 1;
                }

                lines.Append(rune);
                octets += rune.Utf8SequenceLength;
            }

            lines.Append("\r\n");
        }
    }
}
