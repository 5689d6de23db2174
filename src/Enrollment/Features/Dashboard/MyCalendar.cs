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
        var now = clock.GetUtcNow();
        var calendar = new CalendarText(text["My dates – {0}", site.Name]);
        foreach (var run in await mediator.Send(new MyLearningQuery(kept.PersonId), ct))
            foreach (var date in run.Dates())
                calendar.Event($"{date.Name}.{run.Run.RunId:N}@{site.Address.Host}", date.At, now, now.ToUnixTimeSeconds() / 60, $"{text[date.Text]}: {date.Title}", site.Link(date.Address), run.Run.Cancelled);
        return Results.Text(calendar.ToString(), "text/calendar; charset=utf-8");
    }
}
