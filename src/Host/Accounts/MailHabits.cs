using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Accounts;

/// <summary>Language and zone of a person's mails: pages know them from cookies, a mail must know them from the account.</summary>
internal sealed class MailHabits(HostDb db, Reader reader)
{
    /// <summary>Keeps what was chosen; what is null or unknown stays as it is.</summary>
    public async Task Keep(Guid person, string? language, string? zone, CancellationToken ct)
    {
        var (code, place) = (language is not null && Words.Languages.Contains(language) ? language : null, zone is { Length: <= Account.LongestZone } && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone : null);
        if (code is null && place is null)
            return;
        await db.InTurn(token => db.Users.Where(u => u.Id == person).ExecuteUpdateAsync(
            s => s.SetProperty(u => u.Language, u => code ?? u.Language).SetProperty(u => u.Zone, u => place ?? u.Zone), token), ct);
    }

    /// <summary>Learns from a sign-in what nobody has chosen yet: the language of the page and the zone of the device.</summary>
    public Task Learn(Account account, CancellationToken ct) => Keep(
        account.Id, account.Language is null ? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName : null, account.Zone is null ? reader.Zone?.Id : null, ct);
}
