import { defineText } from '../language/language';

export const useFilesText = defineText(
  'files',
  {
    file: 'File', size: 'Size', kind: 'Kind', user: 'handed in', artefact: 'artefact', by: 'From', checksum: 'SHA-256',
    none: 'There is no file', noneHow: 'Upload one to hand it to agents by a task, or let a task of type file fetch one from an agent.', nameFilter: 'Name or pattern',
    upload: 'Upload', uploading: 'Upload of {{name}}', checksumming: 'Checksum of {{name}}', uploaded: 'Uploaded', known: 'The tenant has this file already.', choose: 'File to upload', send: 'Send',
    userHow: 'What people hand in: up to 50 MiB, of these types: {{endings}}.', artefactHow: 'What is rolled out: up to 5 GiB, of any type; its checksum is computed here first.',
    tooLarge: 'It has {{size}}; at most {{most}} are taken.', badEnding: 'This type isn’t taken. Choose “artefact”, or one of: {{endings}}.', empty: 'The file is empty.', canceled: 'The upload is canceled.', unreachable: 'The centre can’t be reached. Try again.',
    link: 'Link', linkTitle: 'Link that needs no sign-in', linkHow: 'Whoever has it can read the file until then. It can’t be taken back but by deleting the file.', lasts: 'Lasts', makeLink: 'Make the link', until: 'Good until {{time}}',
    useInTask: 'Use in a task', deleted: 'The file is deleted.', deleteQuestion: 'Delete {{name}}? Tasks that use it fail from then on.', pick: 'File', pickHow: 'Of the files of this tenant; wins over the command.', uploadNew: 'Upload one',
  },
  {
    file: '文件', size: '大小', kind: '类别', user: '用户上传', artefact: '制品', by: '来源', checksum: 'SHA-256',
    none: '没有文件', noneHow: '上传文件后可通过任务下发给代理，也可用 file 任务从代理取回文件。', nameFilter: '名称或通配',
    upload: '上传', uploading: '正在上传 {{name}}', checksumming: '正在计算 {{name}} 的校验和', uploaded: '已上传', known: '租户中已有相同文件。', choose: '选择文件', send: '上传',
    userHow: '用户上传：最大 50 MiB，支持类型：{{endings}}。', artefactHow: '用于分发的制品：最大 5 GiB，类型不限；上传前先在本机计算校验和。',
    tooLarge: '文件大小为 {{size}}，最大允许 {{most}}。', badEnding: '不支持该类型。请选择“制品”，或使用：{{endings}}。', empty: '文件为空。', canceled: '上传已取消。', unreachable: '无法连接中心，请重试。',
    link: '链接', linkTitle: '免登录下载链接', linkHow: '有效期内任何持有链接的人都能下载；只有删除文件才能收回。', lasts: '有效期', makeLink: '生成链接', until: '有效期至 {{time}}',
    useInTask: '用于任务', deleted: '文件已删除。', deleteQuestion: '删除 {{name}}？使用它的任务之后会失败。', pick: '文件', pickHow: '从本租户的文件中选择，优先于命令。', uploadNew: '上传文件',
  },
);
