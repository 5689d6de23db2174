using System.Collections.Concurrent;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MoocPlatform.Discussions.Contracts;
using MoocPlatform.Host.Notifications;
using MoocPlatform.Host.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Notifications;

/// <summary>The app with a mail server that is a sink, and with a board whose writings and readers are said by the test.</summary>
public sealed class Talked : World
{
    public SmtpSink Sink { get; } = new();

    /// <summary>What there is to read.</summary>
    internal ConcurrentDictionary<Guid, WritingNews> Writings { get; } = new();

    /// <summary>Who is to hear of a writing.</summary>
    internal ConcurrentDictionary<Guid, Hearer[]> Hearers { get; } = new();

    /// <summary>Who may not see which writing.</summary>
    internal ConcurrentDictionary<(Guid Writing, Guid Reader), bool> Hidden { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Mail:Smtp:Host", "127.0.0.1");
        builder.UseSetting("Mail:Smtp:Port", Sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        builder.UseSetting("Mail:Smtp:StartTls", "false");
        builder.ConfigureTestServices(services =>
        {
            MailWaits(services);
            services.AddSingleton<IRequestHandler<HearersQuery, IReadOnlyList<Hearer>>>(new HearersAnswer(this));
            services.AddSingleton<IRequestHandler<WritingQuery, WritingNews?>>(new WritingAnswer(this));
        });
    }

    /// <summary>A writing that a person wrote just now, and who is to hear of it.</summary>
    internal WritingNews Write(Guid author, string title, string excerpt, Guid? thread = null, params Hearer[] hearers)
    {
        var id = Clock.NewKey();
        var news = new WritingNews(id, thread ?? id, Guid.Empty, "Open Resources", title, author, excerpt, $"/learn/open/now/talk/{thread ?? id:N}#{id:N}", Clock.Now, thread is null, thread is null);
        Writings[id] = news;
        Hearers[id] = [.. hearers.OrderBy(h => h.PersonId)];
        return news;
    }

    /// <summary>A reaction hears a fact.</summary>
    internal async Task Hear<TReaction, TFact>(TFact fact)
        where TReaction : INotificationHandler<TFact>
        where TFact : INotification
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TReaction>().Handle(fact, TestContext.Current.CancellationToken);
    }

    internal Task Posted(WritingNews reply) =>
        Hear<WhenReplyPosted, ReplyPosted>(new(reply.WritingId, reply.ThreadId, reply.RunId, reply.AuthorId ?? Guid.Empty, reply.At));

    internal Task Began(WritingNews thread) =>
        Hear<WhenThreadStarted, ThreadStarted>(new(thread.ThreadId, thread.RunId, null, thread.AuthorId ?? Guid.Empty, thread.At));

    /// <summary>Sends what is due.</summary>
    public async Task Deliver()
    {
        while (await Services.GetRequiredService<MailSender>().Deliver(TestContext.Current.CancellationToken))
        {
        }
    }

    /// <summary>Moves the clock and queues the mails of the mornings until then.</summary>
    public async Task Morning(DateTimeOffset at)
    {
        Clock.Now = at;
        await Send(new QueueMorningMails());
        await Deliver();
    }

    internal Task<List<Mail>> Queued(string address) =>
        Db<HostDb, List<Mail>>(db => db.Mails.AsNoTracking().Where(m => m.To == address).OrderBy(m => m.QueuedAt).ThenBy(m => m.Id).ToListAsync());

    internal Task<List<Notification>> Told(Guid person) =>
        Db<HostDb, List<Notification>>(db => db.Notifications.AsNoTracking().Where(n => n.PersonId == person).OrderBy(n => n.At).ToListAsync());

    internal Task<int> Unseen(Guid person) => Db<HostDb, int>(db => db.Trays.Where(t => t.PersonId == person).Select(t => t.Unseen).SingleOrDefaultAsync());

    internal Task<Unit> Choose(Guid person, NoticeKind kind, MailPace pace, string? language = null, string? zone = null) =>
        Send(new ChooseMails(person, new Dictionary<NoticeKind, MailPace> { [kind] = pace }, language, zone));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Sink.DisposeAsync();
    }

    private sealed class HearersAnswer(Talked world) : IRequestHandler<HearersQuery, IReadOnlyList<Hearer>>
    {
        public Task<IReadOnlyList<Hearer>> Handle(HearersQuery request, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Hearer>>(
            world.Hearers.TryGetValue(request.WritingId, out var all) ? [.. all.Where(h => request.After is null || h.PersonId.CompareTo(request.After.Value) > 0).Take(500)] : []);
    }

    private sealed class WritingAnswer(Talked world) : IRequestHandler<WritingQuery, WritingNews?>
    {
        public async Task<WritingNews?> Handle(WritingQuery request, CancellationToken cancellationToken)
        {
            if (world.Hidden.ContainsKey((request.WritingId, request.ReaderId)) || world.Writings.GetValueOrDefault(request.WritingId) is not { AuthorId: { } author } news)
                return null;
            if (news.AuthorName is not null)
                return news;
            var by = (await world.Send(new PeopleQuery([author]))).GetValueOrDefault(author);
            return news with { AuthorName = by?.Name, AuthorHue = by?.Hue };
        }
    }
}
