using MoocPlatform.Courses;
using MoocPlatform.Discussions;
using MoocPlatform.Enrollment;
using MoocPlatform.Host;
using MoocPlatform.Host.Commands;
using MoocPlatform.Host.Web;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes;

IModule[] modules = [new CoursesModule(), new EnrollmentModule(), new QuizzesModule(), new DiscussionsModule()];

var command = CommandLine.Read(args);
if (command.Says is not null)
{
    Console.WriteLine(command.Says);
    return command.Result;
}

var builder = WebApplication.CreateBuilder(command.Settings ?? []);
try
{
    builder.AddPlatform(modules);
}
catch (SettingMissing missing)
{
    await Console.Error.WriteLineAsync(missing.Message);
    return 1;
}

var app = builder.Build();
app.UsePlatform(modules);

await app.Services.MigrateModules(app.Lifetime.ApplicationStopping);
if (command.Work is not null)
    return await command.Work(app.Services, Console.Out, app.Lifetime.ApplicationStopping);

await app.Services.FirstStart(app.Lifetime.ApplicationStopping);
await app.RunAsync();
return 0;

/// <summary>The process. Public for the tests, which start the real one.</summary>
public partial class Program;
