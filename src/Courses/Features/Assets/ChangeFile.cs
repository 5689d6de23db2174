using MediatR;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Authoring;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.Assets;

/// <summary>Says what a file shows, who made it and what one may do with it.</summary>
internal sealed record DescribeFile(Guid CourseId, Writer By, string Name, AssetFacts Facts) : IRequest;

/// <summary>Puts other bytes in the place of a file's: whatever shows it shows the new one. It stays of its kind.</summary>
internal sealed record ReplaceFile(Guid CourseId, Writer By, string Name, Brought File) : IRequest;

/// <summary>Takes a file out of the course. Asked twice, it is gone once.</summary>
internal sealed record RemoveFile(Guid CourseId, Writer By, string Name) : IRequest;

internal sealed class ChangeFileHandler(CoursesDb db, AssetStore store, TimeProvider clock)
    : IRequestHandler<DescribeFile, Unit>, IRequestHandler<ReplaceFile, Unit>, IRequestHandler<RemoveFile, Unit>
{
    public Task<Unit> Handle(DescribeFile request, CancellationToken cancellationToken) => db.Change(request.CourseId, request.By, clock, async (course, _) =>
    {
        var asset = await Find(course, request.Name, cancellationToken) ?? throw new NotFound();
        asset.Facts = request.Facts;
    }, cancellationToken);

    public async Task<Unit> Handle(ReplaceFile request, CancellationToken cancellationToken)
    {
        if (request.File.Ending != Path.GetExtension(request.Name))
            throw Refusals.FileOfAnotherKind(Path.GetExtension(request.Name)[1..]);
        var type = request.File.ContentType();
        var (hash, length) = await store.Put(request.File.Bytes, cancellationToken);
        return await db.Change(request.CourseId, request.By, clock, async (course, _) =>
        {
            var asset = await Find(course, request.Name, cancellationToken) ?? throw new NotFound();
            var others = await db.Assets.Where(a => a.CourseId == course.Id && a.Id != asset.Id).SumAsync(a => a.Length, cancellationToken);
            if (others + length > BringFileHandler.MostBytes)
                throw Refusals.CourseTooHeavy(BringFileHandler.MostBytes >> 20);
            (asset.ContentType, asset.Hash, asset.Length) = (type, hash, length);
        }, cancellationToken);
    }

    public Task<Unit> Handle(RemoveFile request, CancellationToken cancellationToken) => db.Change(request.CourseId, request.By, clock, async (course, _) =>
    {
        if (await Find(course, request.Name, cancellationToken) is { } asset)
            db.Remove(asset);
    }, cancellationToken);

    private Task<Asset?> Find(Course course, string name, CancellationToken ct) => db.Assets.FirstOrDefaultAsync(a => a.CourseId == course.Id && a.Name == name, ct);
}
