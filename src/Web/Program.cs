using Shanhuo.Web.Commands;

return await CommandLine.Run(args);
