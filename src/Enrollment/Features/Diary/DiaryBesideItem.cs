using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Diary;

/// <summary>
/// The place to write beside a lesson. It reads nothing, so that a lesson costs what it did. Public because the framework finds only public
/// view components.
/// </summary>
[ViewComponent(Name = DiaryParts.BesideItem)]
public sealed class DiaryBesideItem(TimeProvider clock) : ViewComponent
{
    /// <param name="prompts">What the author asks here, as plain text; empty: nothing.</param>
    public IViewComponentResult Invoke(RunTerm run, Guid itemId, string itemSlug, IReadOnlyList<string> prompts) =>
        View("/Features/Diary/_DiaryBesideItem.cshtml", new DiaryView(run, itemId, itemSlug, prompts, UserClaimsPrincipal.IsAnybody() ? Anybody.Key : clock.NewKey(), UserClaimsPrincipal.Id()));
}

internal sealed record DiaryView(RunTerm Run, Guid ItemId, string ItemSlug, IReadOnlyList<string> Prompts, Guid Key, Guid PersonId)
{
    public string DraftKey => $"{PersonId:N}:diary:{Run.RunId:N}:{ItemSlug}";
}

/// <summary>A field to write an entry in.</summary>
internal sealed record EntryField(string Id, string? Text, string DraftKey, int Rows, bool Refused = false);
