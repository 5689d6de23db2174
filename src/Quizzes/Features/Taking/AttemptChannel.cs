using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Taking;

/// <summary>An attempt's live messages are its learner's alone.</summary>
internal sealed class AttemptChannel(QuizzesDb db) : ILiveChannel
{
    public string Kind => "attempt";

    public async Task<bool> MayListen(Guid id, ClaimsPrincipal person, CancellationToken ct) =>
        person.IdOrNull() is { } me && await db.Attempts.AnyAsync(a => a.Id == id && a.LearnerId == me, ct);
}
