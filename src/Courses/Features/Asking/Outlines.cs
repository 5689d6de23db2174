using MediatR;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Persistence;

namespace MoocPlatform.Courses.Features.Asking;

internal sealed class OutlineAnswer(Shelf shelf) : IRequestHandler<OutlineQuery, Outline?>
{
    public async Task<Outline?> Handle(OutlineQuery request, CancellationToken cancellationToken)
    {
        var book = await shelf.OfRun(request.RunId, cancellationToken);
        return book?.Run(request.RunId) is { } run ? book.Outline(run) : null;
    }
}

internal sealed class OutlinesAnswer(Shelf shelf) : IRequestHandler<OutlinesQuery, IReadOnlyDictionary<Guid, Outline>>
{
    private const int Most = 50;

    public async Task<IReadOnlyDictionary<Guid, Outline>> Handle(OutlinesQuery request, CancellationToken cancellationToken)
    {
        if (request.RunIds.Count > Most)
            throw new ArgumentException($"At most {Most} runs at once.", nameof(request));

        var outlines = new Dictionary<Guid, Outline>();
        foreach (var id in request.RunIds)
        {
            if (await shelf.OfRun(id, cancellationToken) is { } book && book.Run(id) is { } run)
                outlines[id] = book.Outline(run);
        }

        return outlines;
    }
}
