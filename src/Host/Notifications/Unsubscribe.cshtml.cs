using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>
/// Ends mails by the link in one of them, without signing in. Opening it changes nothing, since mail programs open links by themselves; the button
/// does, and so does the mail program's own (RFC 8058: a POST without cookies, answered without a redirect). The signed word is what allows it.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
internal sealed class UnsubscribePage(Unsubscribing unsubscribing) : ModulePage
{
    public Unsubscribed What { get; private set; } = null!;

    public string Token { get; private set; } = "";

    public bool Done { get; private set; }

    public void OnGet(string? token) => Read(token);

    public async Task OnPost([FromQuery] string? token)
    {
        Read(token);
        await Send(new EndMails(What));
        Done = true;
    }

    private void Read(string? token) => (What, Token) = (unsubscribing.Read(token) ?? throw new NotFound(), token!);
}

/// <summary>Turns a kind off, or everything that comes at a pace. Asked twice, it is off.</summary>
internal sealed record EndMails(Unsubscribed What) : IRequest;

internal sealed class EndMailsHandler(HostDb db) : IRequestHandler<EndMails, Unit>
{
    public async Task<Unit> Handle(EndMails request, CancellationToken cancellationToken)
    {
        var person = request.What.PersonId;
        if (!await db.Users.AnyAsync(u => u.Id == person, cancellationToken))
            throw new NotFound();
        var chosen = await db.MailChoices.Where(c => c.PersonId == person).ToDictionaryAsync(c => c.Kind, cancellationToken);
        foreach (var kind in NoticeKinds.All)
        {
            var pace = chosen.TryGetValue(kind, out var choice) ? choice.Pace : NoticeKinds.Usual(kind);
            if (kind != request.What.Kind && pace != request.What.Pace)
                continue;
            if (choice is null)
                db.Add(new MailChoice { PersonId = person, Kind = kind, Pace = MailPace.Off });
            else
                choice.Pace = MailPace.Off;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            // A mail program posts twice: the other one has turned it off.
        }

        return Unit.Value;
    }
}
