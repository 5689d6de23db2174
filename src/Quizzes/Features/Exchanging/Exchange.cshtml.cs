using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Exchange;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Features.Exchanging;

/// <summary>Questions from other platforms and to them: a plan first, then the editor with the whole text.</summary>
[Authorize(Policies.SignedIn)]
[RequestSizeLimit(ExchangeFile.Largest + (1 << 20))]
internal sealed class ExchangeModel : ModulePage
{
    public ExchangeShown Shown { get; private set; } = null!;

    /// <summary>Null: nothing was read yet.</summary>
    public ImportPlan? Plan { get; private set; }

    /// <summary>What was pasted.</summary>
    [BindProperty]
    public string? Pasted { get; set; }

    [BindProperty]
    public ExchangeFormat? Format { get; set; }

    public string Course => (string)RouteData.Values["course"]!;

    public string Item => (string)RouteData.Values["item"]!;

    public Task OnGetAsync() => Load();

    /// <summary>The file of a format.</summary>
    public async Task<IActionResult> OnGetFileAsync(ExchangeFormat format)
    {
        await Load();
        if (Shown.Mistaken)
            return Page();
        var (text, _) = ExchangeFile.Write(QuizParser.Parse(Shown.Source.Markdown, new Problems()), format);
        var (ending, type) = format == ExchangeFormat.MoodleXml ? ("xml", MediaTypeNames.Application.Xml) : ("txt", MediaTypeNames.Text.Plain);
        return File(Encoding.UTF8.GetBytes(text), type + "; charset=utf-8", $"{Item}.{format.ToString().ToLowerInvariant()}.{ending}");
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? file)
    {
        if (file is { Length: > ExchangeFile.Largest })
            ModelState.AddModelError("file", Reader.Say(Domain.Refusals.FileTooLarge(ExchangeFile.Largest >> 20), GetType().Assembly));
        var bytes = ModelState.IsValid ? await Bytes(file) : [];
        var result = await Do(new PlanImport(Course, Item, Me, User.IsAdmin(), bytes, Format), plan =>
        {
            Plan = plan;
            return Page();
        }, Load);
        if (Plan is not null)
            await Load();
        return result;
    }

    public string Name(ExchangeFormat format) => format switch { ExchangeFormat.MoodleXml => "Moodle XML", ExchangeFormat.Aiken => "Aiken", _ => "GIFT" };

    /// <summary>A note in the reader's words.</summary>
    public string Say(Note note) => Texts[note.Message, [.. note.Arguments.Select(a => (object)Texts[a].Value)]];

    private async Task<byte[]> Bytes(IFormFile? file)
    {
        if (file is not { Length: > 0 })
            return Encoding.UTF8.GetBytes(Pasted ?? "");
        using var memory = new MemoryStream((int)file.Length);
        await file.CopyToAsync(memory, HttpContext.RequestAborted);
        return memory.ToArray();
    }

    private async Task Load() => Shown = await Send(new ExchangeQuery(Course, Item, Me, User.IsAdmin()));
}
