using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Asking;

internal sealed class RunTermAnswer(Shelf shelf) : IRequestHandler<RunTermQuery, RunTerm?>
{
    public async Task<RunTerm?> Handle(RunTermQuery request, CancellationToken cancellationToken) =>
        (await shelf.OfRun(request.RunId, cancellationToken))?.Term(request.RunId);
}

internal sealed class RunTermsAnswer(Shelf shelf) : IRequestHandler<RunTermsQuery, IReadOnlyDictionary<Guid, RunTerm>>
{
    private const int Most = 500;

    public async Task<IReadOnlyDictionary<Guid, RunTerm>> Handle(RunTermsQuery request, CancellationToken cancellationToken)
    {
        if (request.RunIds.Count > Most)
            throw new ArgumentException($"At most {Most} runs at once.", nameof(request));

        var terms = new Dictionary<Guid, RunTerm>();
        foreach (var id in request.RunIds)
        {
            if ((await shelf.OfRun(id, cancellationToken))?.Term(id) is { } term)
                terms[id] = term;
        }

        return terms;
    }
}

internal sealed class RunBySlugAnswer(Shelf shelf) : IRequestHandler<RunBySlugQuery, RunTerm?>
{
    public async Task<RunTerm?> Handle(RunBySlugQuery request, CancellationToken cancellationToken)
    {
        var book = await shelf.BySlug(request.Course, cancellationToken);
        return book?.Run(request.Run)?.Term(book.Course);
    }
}

internal sealed class PublishedRunsAnswer(Shelf shelf) : IRequestHandler<PublishedRunsQuery, IReadOnlyList<RunTerm>>
{
    public async Task<IReadOnlyList<RunTerm>> Handle(PublishedRunsQuery request, CancellationToken cancellationToken)
    {
        var book = await shelf.BySlug(request.Course, cancellationToken);
        return book is null ? [] : [.. book.Runs.Select(r => r.Term(book.Course)).Where(r => r is { Published: true, Cancelled: false }).OrderByDescending(r => r.Start)];
    }
}

internal sealed class RunsOfCourseAnswer(Shelf shelf) : IRequestHandler<RunsOfCourseQuery, IReadOnlyList<RunTerm>>
{
    public async Task<IReadOnlyList<RunTerm>> Handle(RunsOfCourseQuery request, CancellationToken cancellationToken) =>
        await shelf.Course(request.CourseId, cancellationToken) is { } book ? [.. book.Runs.Select(r => r.Term(book.Course))] : [];
}
