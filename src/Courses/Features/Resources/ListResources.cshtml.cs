using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Resources;

/// <summary>What lives elsewhere, as it was found last: the worst first, without the texts.</summary>
internal sealed record ResourcesQuery(Guid CourseId) : IRequest<IReadOnlyList<Resource>>;

internal sealed class ResourcesAnswer(CoursesDb db) : IRequestHandler<ResourcesQuery, IReadOnlyList<Resource>>
{
    public async Task<IReadOnlyList<Resource>> Handle(ResourcesQuery request, CancellationToken cancellationToken)
    {
        var all = await db.Resources.AsNoTracking().Where(r => r.CourseId == request.CourseId).Select(r => new Resource
        {
            Id = r.Id,
            CourseId = r.CourseId,
            Url = r.Url,
            Title = r.Title,
            Source = r.Source,
            Licence = r.Licence,
            State = r.State,
            CheckedAt = r.CheckedAt,
            FailingSince = r.FailingSince,
            SnapshotAt = r.SnapshotAt,
        }).ToListAsync(cancellationToken);
        return [.. all.OrderByDescending(r => r.State is ResourceState.Gone or ResourceState.NotPublic).ThenByDescending(r => r.State == ResourceState.Fails).ThenBy(r => r.Title, StringComparer.CurrentCulture)];
    }
}

/// <summary>The team's list of what lives elsewhere: state, last look, what is kept of it.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class ListResourcesModel(Shelf shelf) : DeskPage(shelf)
{
    public IReadOnlyList<Resource> Resources { get; private set; } = [];

    public static string Address(string course) => $"{CourseLinks.Teach(course)}/resources";

    public async Task OnGetAsync() => Resources = await Send(new ResourcesQuery(Course.Id));
}

/// <summary>What the pages say about what lives elsewhere.</summary>
internal static class ResourceWords
{
    /// <summary>The page with the text that was kept.</summary>
    public static string Snapshot(string course, Guid resource) => $"{CourseLinks.Course(course)}/resources/{resource:N}";

    public static string State(IStringLocalizer text, ResourceState state) => text[state switch
    {
        ResourceState.Answers => "Answers",
        ResourceState.Fails => "Does not answer",
        ResourceState.Gone => "Gone",
        ResourceState.Declines => "Asks programs to stay away",
        ResourceState.NotPublic => "No public address",
        _ => "Not looked at yet",
    }];

    public static string? Tone(ResourceState state) => state switch
    {
        ResourceState.Answers => "positive",
        ResourceState.Fails => "caution",
        ResourceState.Gone or ResourceState.NotPublic => "critical",
        _ => null,
    };
}
