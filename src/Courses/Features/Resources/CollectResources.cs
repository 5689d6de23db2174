using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.Markup;

namespace MoocPlatform.Courses.Features.Resources;

/// <summary>Keeps the list of what lives elsewhere and the published lessons of a course point to. Asked twice, it is the same list.</summary>
internal sealed record CollectResources(Guid CourseId) : IRequest;

internal sealed class CollectResourcesHandler(CoursesDb db, TimeProvider clock) : IRequestHandler<CollectResources, Unit>
{
    private const int MostOfACourse = 2_000;

    public async Task<Unit> Handle(CollectResources request, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, ExternalResource>(StringComparer.Ordinal);
        await foreach (var text in db.Items.AsNoTracking().Where(i => i.CourseId == request.CourseId && i.Published && i.Kind == ItemKind.Lesson && i.Markdown.Contains("::resource"))
            .OrderBy(i => i.Number).Select(i => i.Markdown).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            foreach (var resource in ExternalResource.In(text).Where(r => r.Url.Length <= Resource.LongestUrl))
                if (found.Count < MostOfACourse)
                    found.TryAdd(resource.Url, resource);
        }

        var kept = await db.Resources.Where(r => r.CourseId == request.CourseId).ToDictionaryAsync(r => r.Url, StringComparer.Ordinal, cancellationToken);
        foreach (var (url, resource) in found)
        {
            if (!kept.Remove(url, out var there))
            {
                there = new() { Id = clock.NewKey(), CourseId = request.CourseId, Url = url, NextAt = clock.GetUtcNow() };
                db.Add(there);
            }

            (there.Title, there.Source, there.Licence) = (Short(resource.Title), Short(resource.Source), Short(resource.Licence));
        }

        db.RemoveRange(kept.Values);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (Database.IsDuplicate(e) || e is DbUpdateConcurrencyException)
        {
            // Another node heard of a later change of the course and keeps the list by it.
        }

        return Unit.Value;
    }

    private static string Short(string words) => words.Length <= Resource.LongestWords ? words : words[..Resource.LongestWords];
}
