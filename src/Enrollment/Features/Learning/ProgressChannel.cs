using System.Security.Claims;
using MediatR;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Learning;

/// <summary>Says to a learner's open pages that a result has been counted: what a quiz gave comes a moment after its end.</summary>
internal sealed class ProgressChannel(IMediator mediator) : ILiveChannel
{
    public string Kind => "progress";

    public Task<bool> MayListen(Guid id, ClaimsPrincipal person, CancellationToken ct) => Task.FromResult(person.IdOrNull() == id);

    public async Task<long?> Last(Guid id, CancellationToken ct) => await mediator.Send(new ProgressNumberQuery(id), ct);
}

/// <summary>The number of the newest change to a learner's progress, in any run: asked before a page is read, it shows what the page may lack.</summary>
internal sealed record ProgressNumberQuery(Guid LearnerId) : IRequest<long>;

internal sealed class ProgressNumberQueryHandler(EnrollmentDb db) : IRequestHandler<ProgressNumberQuery, long>
{
    public async Task<long> Handle(ProgressNumberQuery request, CancellationToken cancellationToken) =>
        (await db.NumbersOf([request.LearnerId], cancellationToken)).GetValueOrDefault(request.LearnerId);
}
