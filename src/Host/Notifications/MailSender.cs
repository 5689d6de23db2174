using Microsoft.EntityFrameworkCore;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Host.Notifications;

/// <summary>
/// Sends what is queued after a last look whether it still may be (<see cref="NoticeMails"/>), again after a growing pause when it fails, and gives up after <see cref="MostAttempts"/>.
/// A mail counts as sent only after the server has taken it: killed in between, it is sent again with the same Message-ID.
/// </summary>
internal sealed class MailSender(IServiceScopeFactory scopes, MailCarrier carrier, MailBell bell, WriteGate gate, UnhurriedThread thread, TimeProvider clock, ILogger<MailSender> log) : BackgroundService
{
    /// <summary>After so many failures a mail waits for an admin.</summary>
    public const int MostAttempts = 8;

    private const int BatchSize = 20;
    private static readonly TimeSpan LongestTry = MailCarrier.LongestTry + TimeSpan.FromSeconds(10); // with its writes
    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => thread.Run(() => Post(stoppingToken), stoppingToken);

    private async Task Post(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await Deliver(stoppingToken))
                    await bell.Wait(TimeSpan.FromSeconds(10), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "The mail sender stumbled and goes on");
                await Task.Delay(TimeSpan.FromSeconds(5), stoppingToken);
            }
        }
    }

    /// <summary>Sends what is due. False: nothing was.</summary>
    public async Task<bool> Deliver(CancellationToken ct)
    {
        await oneAtATime.WaitAsync(ct);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<HostDb>();
            // Who waits for a link to sign in does not wait for 100,000 announcements.
            var loan = await Lent(db, toMany: false, ct);
            if (loan.Rows.Count == 0)
                loan = await Lent(db, toMany: true, ct);
            var tried = 0;
            try
            {
                foreach (var mail in loan.Rows.TakeWhile(_ => clock.GetUtcNow() < loan.Until - LongestTry))
                {
                    var started = clock.GetTimestamp();
                    await Send(db, scope.ServiceProvider.GetRequiredService<NoticeMails>(), mail, ct);
                    tried++;
                    await gate.GiveWay(clock.GetElapsedTime(started), ct);
                }
            }
            finally
            {
                if (tried < loan.Rows.Count) // the process ends, or the loan does
                    await db.InTurn(token => db.Mails.Where(m => m.State == MailState.Queued && m.NextAt == loan.Until)
                        .ExecuteUpdateAsync(s => s.SetProperty(m => m.NextAt, clock.GetUtcNow()), token), CancellationToken.None);
            }

            return loan.Rows.Count > 0;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    private Task<Loan<Mail>> Lent(HostDb db, bool toMany, CancellationToken ct) =>
        Loan<Mail>.Take(gate, db, db.Mails.Where(m => m.State == MailState.Queued && m.ToMany == toMany), BatchSize, clock.GetUtcNow(), ct);

    private async Task Send(HostDb db, NoticeMails notices, Mail mail, CancellationToken ct)
    {
        var row = db.Mails.Where(m => m.Id == mail.Id && m.State == MailState.Queued);
        var attempts = mail.Attempts + 1;
        try
        {
            if (await notices.Prepare(mail, ct) is { } why)
            {
                await db.InTurn(token => row.ExecuteUpdateAsync(s => s.SetProperty(m => m.State, MailState.Skipped).SetProperty(m => m.Reason, why), token), ct);
                return;
            }

            if (mail.Words == MailWords.Found)
                await db.InTurn(token => row.ExecuteUpdateAsync(s => s.SetProperty(m => m.Subject, mail.Subject).SetProperty(m => m.Body, mail.Body), token), ct);
            await carrier.Carry(mail, ct);
            await db.InTurn(token => row.ExecuteUpdateAsync(s => s
                .SetProperty(m => m.State, MailState.Sent).SetProperty(m => m.SentAt, clock.GetUtcNow())
                .SetProperty(m => m.Attempts, attempts).SetProperty(m => m.Reason, (string?)null), token), CancellationToken.None);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var error = e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message;
            var state = attempts >= MostAttempts ? MailState.Failed : MailState.Queued;
            var next = clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(3600, 15 * Math.Pow(3, attempts - 1)));
            log.LogWarning("Mail {Id} was not taken at try {Attempt}: {Reason}", mail.Id, attempts, error);
            await db.InTurn(token => row.ExecuteUpdateAsync(s => s
                .SetProperty(m => m.State, state).SetProperty(m => m.NextAt, next)
                .SetProperty(m => m.Attempts, attempts).SetProperty(m => m.Reason, error), token), ct);
        }
    }

    public override void Dispose()
    {
        oneAtATime.Dispose();
        base.Dispose();
    }
}
