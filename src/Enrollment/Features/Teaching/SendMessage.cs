using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Teaching;

/// <summary>Writes to learners of a run.</summary>
/// <param name="Key">Of the form: sent twice, it is one message.</param>
/// <param name="Who">Null: all whom the filter finds.</param>
internal sealed record SendMessage(Guid Key, Guid RunId, Guid ById, string? Subject, string? Text, IReadOnlyCollection<Guid>? Who, RosterFilter Filter) : IRequest;

internal sealed class SendMessageHandler(EnrollmentDb db, TimeProvider clock) : IRequestHandler<SendMessage, Unit>
{
    public async Task<Unit> Handle(SendMessage request, CancellationToken cancellationToken)
    {
        if (request.Who is { Count: 0 })
            throw Refusals.NobodyChosen();
        if (string.IsNullOrWhiteSpace(request.Subject) || string.IsNullOrWhiteSpace(request.Text))
            throw Refusals.MessageNeeded();
        var (subject, text) = (request.Subject.Trim(), request.Text.ReplaceLineEndings("\n").Trim());
        if (subject.Length > TeamMessage.LongestSubject || text.Length > TeamMessage.LongestText)
            throw Refusals.MessageTooLong(TeamMessage.LongestSubject, TeamMessage.LongestText);

        var now = clock.GetUtcNow();
        db.Add(new TeamMessage
        {
            Id = request.Key,
            RunId = request.RunId,
            ById = request.ById,
            Subject = string.Join(' ', subject.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)),
            Text = text,
            Named = request.Who is null ? "" : string.Join(' ', request.Who.Distinct().Take(TeamMessage.MostNamed).Select(w => w.ToString("N"))),
            Standing = request.Filter.Standing,
            NameFrom = request.Filter.Key,
            At = now,
        });
        db.Announce(new TeamMessageSent(request.Key, request.RunId, now));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e))
        {
            // A double click: the first has sent it.
        }

        return Unit.Value;
    }
}

internal sealed class TeamMessageQueryHandler(EnrollmentDb db) : IRequestHandler<TeamMessageQuery, TeamMessageText?>
{
    public async Task<TeamMessageText?> Handle(TeamMessageQuery request, CancellationToken cancellationToken) =>
        await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == request.MessageId, cancellationToken) is { } m
            ? new TeamMessageText(m.Id, m.RunId, m.ById, m.Subject, m.Text, m.At)
            : null;
}

internal sealed class TeamMessageReadersQueryHandler(EnrollmentDb db) : IRequestHandler<TeamMessageReadersQuery, IReadOnlyList<Guid>>
{
    private const int Limit = 1000;

    public async Task<IReadOnlyList<Guid>> Handle(TeamMessageReadersQuery request, CancellationToken cancellationToken)
    {
        if (request.Most is < 1 or > Limit)
            throw new ArgumentException($"From 1 to {Limit} at once.", nameof(request));
        if (await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == request.MessageId, cancellationToken) is not { } message)
            return [];

        var learners = db.Enrolments.AsNoTracking().Where(e => e.RunId == message.RunId && e.LearnerId.CompareTo(request.After) > 0);
        if (message.Named.Length > 0)
        {
            Guid[] named = [.. message.Named.Split(' ').Select(Guid.Parse)];
            learners = learners.Where(e => named.Contains(e.LearnerId));
        }
        else
        {
            learners = message.Standing is { } standing ? learners.Where(e => e.Standing == standing) : learners.Where(e => e.Standing != Standing.Left);
            if (message.NameFrom.Length > 0)
            {
                var (from, to) = (message.NameFrom, message.NameFrom + NameKey.Highest);
                learners = learners.Where(e => string.Compare(e.SortName, from) >= 0 && string.Compare(e.SortName, to) < 0);
            }
        }

        return await learners.OrderBy(e => e.LearnerId).Take(request.Most).Select(e => e.LearnerId).ToListAsync(cancellationToken);
    }
}
